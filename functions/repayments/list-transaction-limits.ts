import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { limitView, listLimits, toLimitView } from '#lib/repayments/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-transaction-limits',
  summary: 'What one online payment may come to, by currency; others cannot be paid online.',
  rules: 'FIN-73, FIN-74',
  route: 'GET /v1/transaction-limits',
  actors: ['member', 'operator'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  response: z.object({ items: z.array(limitView) }),
  errors: [],
  run: async () => ({ items: (await listLimits()).map(toLimitView) }),
});
