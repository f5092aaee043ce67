import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import {
  assignCoupon,
  couponErrors,
  couponScope,
  couponView,
  toCouponView,
  withBeneficiaries,
} from '#lib/coupons/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'assign-coupon',
  summary:
    'Gives a part of a cash coupon, or all of it, to one customer: a coupon of its own with the same validity and scope.',
  rules: 'FIN-134, FIN-135, FIN-136',
  route: 'POST /v1/coupons/{couponId}/assign',
  actors: ['member'],
  permission: 'coupon.manage',
  partnerTypes: billedPartners,
  scope: couponScope,
  path: z.object({ couponId: idParam }),
  body: z.object({
    customerId: idParam,
    amount: moneyText.transform(parseMoney).optional().meta({ description: 'All that is left by default' }),
  }),
  response: z.object({ source: couponView, part: couponView }),
  status: 201,
  errors: [
    couponErrors.TEST_COUPON_NOT_ASSIGNABLE,
    couponErrors.COUPON_NOT_AVAILABLE,
    couponErrors.ASSIGNED_AMOUNT_INVALID,
    couponErrors.CUSTOMER_NOT_ASSOCIATED,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ path: { couponId }, body, now }) => {
    const { source, part } = await assignCoupon(couponId, body, now);
    const [shownSource = { coupon: source }, shownPart = { coupon: part }] = await withBeneficiaries([source, part]);
    return { source: toCouponView(shownSource, now), part: toCouponView(shownPart, now) };
  },
});
