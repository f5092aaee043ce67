import { type COUPON_STATUSES, queryCoupons, toCouponView } from '#lib/coupons/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { businessTime } from '../business-time.ts';
import { pagesOf, type RowSource } from './source.ts';

export interface CouponsWished {
  readonly tab: 'all' | 'test';
  readonly status?: (typeof COUPON_STATUSES)[number];
  readonly customerId?: string;
  readonly customer?: string;
}

type Shown = ReturnType<typeof toCouponView>;
const ROWS_A_READ = 100;
const ALL = 'All';

const time = (text: string): string => businessTime(instant(text));

/** Account names are anonymised like customer names (FIN-159); money with 2 decimals, a balance cut (FIN-59, FIN-160). */
const COLUMNS: readonly { readonly title: string; readonly of: (coupon: Shown) => string }[] = [
  { title: 'Coupon ID', of: ({ couponId }) => couponId },
  { title: 'Name', of: ({ name }) => name },
  { title: 'Kind', of: ({ kind }) => kind },
  { title: 'Source', of: ({ source }) => source },
  { title: 'Status', of: ({ status }) => status },
  { title: 'Face Value (USD)', of: ({ faceValue }) => faceValue },
  { title: 'Balance (USD)', of: ({ balance }) => balance },
  { title: 'Effective', of: ({ effectiveAt }) => time(effectiveAt) },
  { title: 'Expires', of: ({ expiresAt }) => time(expiresAt) },
  { title: 'Applicable Products', of: ({ productScope }) => scopeText(productScope) },
  { title: 'Billing Modes', of: ({ billingModes }) => billingModes.join(', ') },
  { title: 'Customer ID', of: ({ customerId }) => customerId ?? ALL },
  { title: 'Customer Name', of: ({ customerName }) => customerName ?? '' },
  { title: 'Account Name', of: ({ accountName }) => (accountName ? maskName(accountName) : '') },
  { title: 'Reseller Name', of: ({ resellerName }) => resellerName ?? '' },
  { title: 'Reseller Account Name', of: ({ resellerAccountName }) => resellerAccountName ?? '' },
  { title: 'Remarks', of: ({ remarks }) => remarks ?? '' },
];

function scopeText({ mode, codes }: Shown['productScope']): string {
  if (codes.length === 0) return mode === 'exclude' ? ALL : 'None';
  return `${mode === 'exclude' ? 'Inapplicable to' : 'Applicable to'} ${codes.join(', ')}`;
}

/** The coupons of a search, the earliest expiry first, as they stand when the export was asked for. */
export function couponsSource(partnerId: string, wish: CouponsWished, asOf: Instant): RowSource {
  const page = async (startKey: Record<string, unknown> | undefined) => {
    const { shown, nextKey } = await queryCoupons(partnerId, wish, { limit: ROWS_A_READ, startKey }, asOf);
    return { entries: shown.map((coupon) => toCouponView(coupon, asOf)), nextKey };
  };
  const toRow = (coupon: Shown) => ({ cells: COLUMNS.map(({ of }) => of(coupon)), place: coupon.couponId });
  return {
    name: wish.tab === 'test' ? 'test-coupons' : 'coupons',
    titles: COLUMNS.map(({ title }) => title),
    figures: new Set(['Face Value (USD)', 'Balance (USD)']),
    read: (after) => pagesOf(page, toRow, after),
  };
}
