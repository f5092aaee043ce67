import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { loadPartner, paymentCurrencyOf } from '#lib/partners/index.ts';
import {
  cardErrors,
  paymentErrors,
  repaymentView,
  repayOnline,
  returnPathField,
  toRepaymentView,
} from '#lib/repayments/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

/** `pending` with a `redirectUrl` asks the payer to confirm at its bank; without one the outcome is found out and shown by get-repayment. */
export const handler = operation({
  name: 'repay-online',
  summary:
    'Pays any amount by a bound card, or by one entered for this time; it goes to open bills, oldest cycle first.',
  rules: 'FIN-71 to FIN-77',
  route: 'POST /v1/repayments',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  body: z.object({
    amount: moneyText.transform(parseMoney),
    currency: currencyField
      .optional()
      .meta({ description: 'The payment currency of the running month when not given' }),
    by: z.union(
      [z.object({ cardId: idParam }), z.object({ cardToken: z.string().min(1).max(200) })],
      'must name a cardId or a cardToken',
    ),
    returnPath: returnPathField,
  }),
  response: repaymentView,
  status: 201,
  timeoutSeconds: 20,
  errors: [
    paymentErrors.ONLINE_PAYMENT_NOT_AVAILABLE,
    paymentErrors.AMOUNT_OUT_OF_RANGE,
    paymentErrors.CURRENCY_NOT_SUPPORTED,
    paymentErrors.CARD_DECLINED,
    cardErrors.CARD_NOT_FOUND,
    cardErrors.CARD_NOT_ACTIVE,
    sharedErrors.PARTNER_NOT_FOUND,
  ],
  run: async ({ member, body: { currency, ...wish }, now }) => {
    const partner = await loadPartner(member.partnerId);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    const inCurrency = currency ?? paymentCurrencyOf(partner, billingMonthOf(now));
    return toRepaymentView(await repayOnline(partner, { ...wish, currency: inCurrency }, now));
  },
});
