import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { claimScope, claimView, toClaimView } from '#lib/repayments/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-transfer-claim',
  summary: 'A claim of a bank transfer and what became of it.',
  rules: 'FIN-80, FIN-82, FIN-83',
  route: 'GET /v1/transfer-claims/{claimId}',
  actors: ['member', 'operator'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  scope: claimScope,
  path: z.object({ claimId: idParam }),
  response: claimView,
  errors: [],
  run: async ({ resource, now }) => toClaimView(resource, now),
});
