import type { Association } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';

/** ORD-134: in the reseller model a customer's own cash coupons pay only for what was spent before the association. */
export const takesOwnCoupons = ({ type, since }: Pick<Association, 'type' | 'since'>, spentAt: Instant): boolean =>
  type === 'referral' || spentAt <= since;
