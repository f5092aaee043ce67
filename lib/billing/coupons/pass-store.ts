import type { CouponUse } from '#lib/coupons/index.ts';
import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney, ZERO } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { packUses, unpackUses } from './packed-candidate.ts';

/** How far the coupons of a bill are: they go over its lines once, one after the other (FIN-166). */
export interface CouponPass {
  readonly billId: string;
  /** The last line that is done; every line up to it is. */
  readonly place: string;
  /** The line behind it, as far as coupons that moved have paid for it. */
  readonly open?: OpenLine;
  /** What all lines took, less what refunds took back. */
  readonly couponsUsed: Money;
  /** Number of commits; also the version that each is made under. */
  readonly step: number;
}

export interface OpenLine {
  readonly recordId: string;
  readonly uses: readonly CouponUse[];
}

const key = (billId: string): Key => ({ pk: `COUPON-PASS#${billId}`, sk: 'PASS' });

/** Of two invocations on one pass, one goes on and the other has done nothing. */
export const movePass = (before: CouponPass, after: CouponPass): Write => ({
  table: 'billing',
  put: {
    ...key(after.billId),
    ...after,
    open: after.open && { ...after.open, uses: packUses(after.open.uses) },
    couponsUsed: storeMoney(after.couponsUsed),
    step: before.step + 1,
  },
  condition: before.step === 0 ? 'attribute_not_exists(pk)' : 'step = :seen',
  values: before.step === 0 ? undefined : { ':seen': before.step },
});

export async function loadPass(billId: string): Promise<CouponPass> {
  const item = await getItem('billing', key(billId));
  if (!item) return { billId, place: '', couponsUsed: ZERO, step: 0 };
  const open = item.open as { recordId: string; uses: Parameters<typeof unpackUses>[0] } | undefined;
  return {
    billId,
    place: String(item.place),
    open: open && { recordId: open.recordId, uses: unpackUses(open.uses) },
    couponsUsed: loadMoney(item.couponsUsed),
    step: Number(item.step),
  };
}
