import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { amountDueView, readAmountDue, toAmountDueView } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-amount-due',
  summary: 'What a partner owes: of the newest issued bill, of those before it, and what of it is overdue.',
  rules: 'FIN-01, FIN-143, FIN-164, FIN-173, FIN-174',
  route: 'GET /v1/amount-due',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  query: z.object({ partnerId: partnerField }),
  response: amountDueView,
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ actor, query, now }) => toAmountDueView(await readAmountDue(partnerOf(actor, query.partnerId), now)),
});
