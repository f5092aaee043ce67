import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { listQuota, quotaEntryView, toQuotaEntryView } from '#lib/coupons/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'coupon-quota-history',
  summary:
    "Every change of what a partner's coupons hold, the newest first; the lines behind a use are with its coupon.",
  rules: 'FIN-01, FIN-136, FIN-144',
  route: 'GET /v1/coupon-quota-history',
  actors: ['member', 'operator'],
  permission: 'coupon.view',
  partnerTypes: billedPartners,
  query: z.object({
    ...pageQuery,
    partnerId: partnerField,
    from: instantText.transform(instant).optional(),
    to: instantText.transform(instant).optional().meta({ description: 'Included' }),
  }),
  response: z.object({ items: z.array(quotaEntryView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named, from, to } }) => {
    const partnerId = partnerOf(actor, named);
    const list = `coupon-quota-history:${partnerId}:${from}:${to}`;
    const page = await listQuota(partnerId, { from, to }, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.entries.map(toQuotaEntryView), nextCursor: toCursor(page.nextKey, list) };
  },
});
