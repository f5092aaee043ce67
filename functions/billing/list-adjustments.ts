import * as z from 'zod';
import {
  adjustmentView,
  billedPartners,
  cycleField,
  listAdjustments,
  partnerField,
  partnerOf,
  toAdjustmentView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-adjustments',
  summary: "A partner's adjustments with the bills that they make good, the newest cycle first.",
  rules: 'FIN-34, FIN-69',
  route: 'GET /v1/adjustments',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  query: z.object({ ...pageQuery, partnerId: partnerField, cycle: cycleField.optional() }),
  response: z.object({ items: z.array(adjustmentView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID, sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ actor, query }) => {
    const partnerId = partnerOf(actor, query.partnerId);
    const list = `list-adjustments:${partnerId}:${query.cycle}`;
    const startKey = fromCursor(query.cursor, list);
    const page = await listAdjustments(partnerId, query.cycle, { limit: query.limit, startKey });
    return {
      items: page.adjustments.map((each) => toAdjustmentView(each, actor.kind === 'operator')),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
