import { loadCustomers } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Coupon, CouponStatus } from './coupon.ts';
import { listCoupons } from './coupon-store.ts';
import type { ShownCoupon } from './coupon-view.ts';
import { type CustomerSearch, findBeneficiaries } from './find-beneficiaries.ts';
import { isShown } from './usable.ts';

/** How many stored pages one answer reads at most; a rare match leaves a shorter page with a cursor. */
const MOST_PAGES = 10;

/** FIN-144, FIN-153, FIN-154: a partner's coupons that match, the earliest expiry first. */
export async function queryCoupons(
  partnerId: string,
  wish: CustomerSearch & { readonly tab: 'all' | 'test'; readonly status?: CouponStatus },
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  now: Instant,
): Promise<{ shown: ShownCoupon[]; nextKey?: Record<string, unknown> }> {
  const filter = { ...wish, beneficiaries: await findBeneficiaries(partnerId, wish) };
  const coupons: Coupon[] = [];
  let startKey = page.startKey;
  for (let read = 0; read < MOST_PAGES; read += 1) {
    const answer = await listCoupons(partnerId, { limit: page.limit - coupons.length, startKey });
    coupons.push(...answer.coupons.filter((coupon) => isShown(coupon, filter, now)));
    startKey = answer.nextKey;
    if (!startKey || coupons.length === page.limit) break;
  }
  return { shown: await withBeneficiaries(coupons), nextKey: startKey };
}

/** Coupons with the names of whom they are for. */
export async function withBeneficiaries(coupons: readonly Coupon[]): Promise<ShownCoupon[]> {
  const customerIds = new Set(coupons.flatMap(({ customerId }) => customerId ?? []));
  const resellerIds = new Set(coupons.flatMap(({ resellerId }) => resellerId ?? []));
  const [customers, resellers] = await Promise.all([
    loadCustomers([...customerIds]),
    Promise.all([...resellerIds].map(loadPartner)),
  ]);
  return coupons.map((coupon) => ({
    coupon,
    customer: customers.find(({ customerId }) => customerId === coupon.customerId),
    reseller: resellers.find((reseller) => reseller !== undefined && reseller.partnerId === coupon.resellerId),
  }));
}
