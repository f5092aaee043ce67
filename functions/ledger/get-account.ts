import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { accountView, loadAccount, toAccountView } from '#lib/ledger/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-account',
  summary: 'What a partner has in its account and subaccount, by currency.',
  rules: 'FIN-01, FIN-85, FIN-142',
  route: 'GET /v1/account',
  actors: ['member', 'operator'],
  permission: 'fund.view',
  partnerTypes: billedPartners,
  query: z.object({ partnerId: partnerField }),
  response: accountView,
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ actor, query }) => {
    const partnerId = partnerOf(actor, query.partnerId);
    const [account, partner] = await Promise.all([loadAccount(partnerId), loadPartner(partnerId)]);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return toAccountView(account, partner.paymentCurrency);
  },
});
