import * as z from 'zod';
import { cycleField, listReconciliations, reconciliationView, toReconciliationView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-reconciliations',
  summary: 'What the reconciliation of a cycle found, partner by partner.',
  rules: 'FIN-50',
  route: 'GET /v1/bill-runs/{cycle}/reconciliations',
  actors: ['operator'],
  path: z.object({ cycle: cycleField }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(reconciliationView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { cycle }, query: { limit, cursor } }) => {
    const list = `list-reconciliations:${cycle}`;
    const page = await listReconciliations(cycle, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.reconciliations.map(toReconciliationView), nextCursor: toCursor(page.nextKey, list) };
  },
});
