import * as z from 'zod';
import {
  adjustmentView,
  billedPartners,
  billingErrors,
  billScope,
  linksOf,
  linksView,
  listCorrectionsOf,
  toAdjustmentView,
  toLinksView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-corrections',
  summary: 'What became of a bill: the one it replaces, the one that replaces it, and adjustments that make it good.',
  rules: 'FIN-14, FIN-69',
  route: 'GET /v1/bills/{billId}/corrections',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ ...linksView.shape, items: z.array(adjustmentView), nextCursor: z.string().optional() }),
  errors: [billingErrors.BILL_NOT_ISSUED, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, resource, query: { limit, cursor } }) => {
    const links = await linksOf(resource);
    const { billId } = links.bill;
    const list = `list-bill-corrections:${billId}`;
    const page = await listCorrectionsOf(billId, { limit, startKey: fromCursor(cursor, list) });
    return {
      ...toLinksView(links),
      items: page.adjustments.map((each) => toAdjustmentView(each, actor.kind === 'operator')),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
