import * as z from 'zod';
import {
  cycleField,
  differenceView,
  listDifferences,
  loadReconciliation,
  reconciliationErrors,
  reconciliationView,
  toDifferenceView,
  toReconciliationView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-differences',
  summary: "What differs between records, lines and ledger of a partner's bill, record by record.",
  rules: 'FIN-14, FIN-50',
  route: 'GET /v1/bill-runs/{cycle}/partners/{partnerId}/differences',
  actors: ['operator'],
  path: z.object({ cycle: cycleField, partnerId: idParam }),
  query: z.object(pageQuery),
  response: z.object({
    reconciliation: reconciliationView,
    items: z.array(differenceView),
    nextCursor: z.string().optional(),
  }),
  errors: [reconciliationErrors.NOT_RECONCILED, sharedErrors.CURSOR_INVALID],
  run: async ({ path, query: { limit, cursor } }) => {
    const reconciliation = await loadReconciliation(path);
    if (!reconciliation) throw new Refusal(reconciliationErrors.NOT_RECONCILED);
    const list = `list-differences:${path.cycle}:${path.partnerId}:${reconciliation.askedAt}`;
    const page = await listDifferences(reconciliation, { limit, startKey: fromCursor(cursor, list) });
    return {
      reconciliation: toReconciliationView(reconciliation),
      items: page.differences.map(toDifferenceView),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
