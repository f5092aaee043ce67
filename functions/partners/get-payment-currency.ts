import { loadPartner, paymentCurrencyView, toPaymentCurrencyView } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-payment-currency',
  summary: "The currency of the partner's bills, and the one chosen for later cycles.",
  rules: 'FIN-49',
  route: 'GET /v1/payment-currency',
  actors: ['member'],
  permission: 'bill.view',
  partnerTypes: { types: ['solution-provider', 'distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  response: paymentCurrencyView,
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ member, now }) => {
    const partner = await loadPartner(member.partnerId);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return toPaymentCurrencyView(partner, now);
  },
});
