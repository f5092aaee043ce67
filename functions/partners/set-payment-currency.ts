import * as z from 'zod';
import { loadPartner, paymentCurrencyView, setPaymentCurrency, toPaymentCurrencyView } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-payment-currency',
  summary: 'Chooses the currency in which the partner pays its bills, from the bill of the next cycle on.',
  rules: 'FIN-49, FIN-99',
  route: 'PUT /v1/payment-currency',
  actors: ['member'],
  permission: 'preferences.manage',
  partnerTypes: { types: ['solution-provider', 'distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  body: z.object({ currency: currencyField, expectedVersion: versionField }),
  response: paymentCurrencyView,
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.VERSION_CONFLICT],
  run: async ({ member, body, now }) => {
    const partner = await loadPartner(member.partnerId);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return toPaymentCurrencyView(await setPaymentCurrency(partner, body, now), now);
  },
});
