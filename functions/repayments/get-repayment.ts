import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { repaymentScope, repaymentView, toRepaymentView } from '#lib/repayments/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-repayment',
  summary: 'What became of a repayment.',
  rules: 'FIN-75 to FIN-77',
  route: 'GET /v1/repayments/{repaymentId}',
  actors: ['member'],
  permission: 'fund.view',
  partnerTypes: billedPartners,
  scope: repaymentScope,
  path: z.object({ repaymentId: idParam }),
  response: repaymentView,
  errors: [],
  run: async ({ resource }) => toRepaymentView(resource),
});
