import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { COUPON_STATUSES, couponView, queryCoupons, toCouponView } from '#lib/coupons/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-coupons',
  summary: "A partner's coupons, the earliest expiry first.",
  rules: 'FIN-01, FIN-05, FIN-59, FIN-144, FIN-153, FIN-154, FIN-180',
  route: 'GET /v1/coupons',
  actors: ['member', 'operator'],
  permission: 'coupon.view',
  partnerTypes: billedPartners,
  query: z.object({
    ...pageQuery,
    partnerId: partnerField,
    tab: z.enum(['all', 'test']).default('all'),
    status: z.enum(COUPON_STATUSES).optional(),
    customerId: idParam.optional().meta({ description: 'Every coupon that this customer can use' }),
    customer: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'Part of an account name, or a customer name: every coupon that such a customer can use' }),
  }),
  response: z.object({ items: z.array(couponView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named, ...wish }, now }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-coupons:${partnerId}:${JSON.stringify(wish)}`;
    const page = await queryCoupons(partnerId, wish, { limit, startKey: fromCursor(cursor, list) }, now);
    return {
      items: page.shown.map((shown) => toCouponView(shown, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
