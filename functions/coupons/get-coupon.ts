import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import {
  couponScope,
  couponUsageView,
  couponView,
  listUsages,
  toCouponUsageView,
  toCouponView,
  withBeneficiaries,
} from '#lib/coupons/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-coupon',
  summary: 'A coupon with a page of its usage records, the newest first.',
  rules: 'FIN-01, FIN-05, FIN-58, FIN-59, FIN-144, FIN-154',
  route: 'GET /v1/coupons/{couponId}',
  actors: ['member', 'operator'],
  permission: 'coupon.view',
  partnerTypes: billedPartners,
  scope: couponScope,
  path: z.object({ couponId: idParam }),
  query: z.object(pageQuery),
  response: couponView.extend({ usages: z.array(couponUsageView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ resource: coupon, query: { limit, cursor }, now }) => {
    const list = `get-coupon:${coupon.couponId}`;
    const page = await listUsages(coupon.couponId, { limit, startKey: fromCursor(cursor, list) });
    const [shown = { coupon }] = await withBeneficiaries([coupon]);
    return {
      ...toCouponView(shown, now),
      usages: page.usages.map(toCouponUsageView),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
