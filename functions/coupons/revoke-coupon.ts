import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import {
  couponErrors,
  couponScope,
  couponView,
  revokeCoupon,
  toCouponView,
  withBeneficiaries,
} from '#lib/coupons/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'revoke-coupon',
  summary: 'Takes back what is left of a coupon; bills keep what they took from it.',
  rules: 'FIN-136, FIN-137',
  route: 'POST /v1/coupons/{couponId}/revoke',
  actors: ['operator'],
  scope: couponScope,
  path: z.object({ couponId: idParam }),
  body: z.object({ reason: reasonField }),
  response: couponView,
  errors: [couponErrors.COUPON_NOT_AVAILABLE, sharedErrors.CONCURRENT_CHANGE],
  run: async ({ path: { couponId }, body: { reason }, now }) => {
    const coupon = await revokeCoupon(couponId, reason, now);
    const [shown = { coupon }] = await withBeneficiaries([coupon]);
    return toCouponView(shown, now);
  },
});
