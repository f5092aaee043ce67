import type { Scope } from '#lib/shared/operation.ts';
import type { Coupon } from './coupon.ts';
import { loadCoupon } from './coupon-store.ts';
import { couponErrors } from './errors.ts';

/** The coupon named in the path: an operator sees all, a member those of its partner. */
export const couponScope: Scope<Coupon> = {
  name: 'coupon',
  parameter: 'couponId',
  notFound: couponErrors.COUPON_NOT_FOUND,
  load: async (actor, couponId) => {
    const coupon = await loadCoupon(couponId);
    const visible = actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === coupon?.partnerId);
    return visible ? coupon : undefined;
  },
};
