import type * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { COUPON_CURRENCY } from './coupon.ts';
import { listCouponsOfCustomer } from './coupon-store.ts';
import { type couponSummaryView, shortText } from './coupon-view.ts';
import { isServed } from './served.ts';
import { summarize } from './summary.ts';

/**
 * The coupons that the customer's tier-1 partner holds for it alone. What a customer has from before its association, or from another
 * partner, is none of them (FIN-60, DEV-104, ORD-134).
 */
export async function readCustomerCoupons(
  customer: Customer,
  now: Instant,
): Promise<z.input<typeof couponSummaryView>> {
  const { customerId, association } = customer;
  const served = association !== undefined && isServed(customer, association.partnerId, undefined);
  const coupons = served ? await listCouponsOfCustomer(association.partnerId, customerId, now) : [];
  const { available, total, expiringSoon } = summarize(coupons, now);
  return { customerId, available, total: shortText(total), currency: COUPON_CURRENCY, expiringSoon };
}
