import { type Coupon, type CouponUse, inSequence, sumOfUses } from '#lib/coupons/index.ts';
import { add, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Terms } from '../bill.ts';
import type { OpenLine } from '../coupons/pass-store.ts';
import { coverStep } from '../coupons/step.ts';
import { amountsOf } from '../line.ts';
import { addUses, startTotals, type Totals } from '../totals.ts';
import { withheldOf } from '../withholding.ts';
import type { Coverable } from './preview-store.ts';

export interface Covered {
  readonly totals: Totals;
  /** What each coupon would pay; below 0 what it would get back. */
  readonly used: ReadonlyMap<string, Money>;
}

/** The coupon pass of the run over all lines at once, in memory; the totals with what it takes of them. */
export function coverTotals(
  totals: Totals,
  lines: readonly Coverable[],
  coupons: readonly Coupon[],
  terms: Terms,
  now: Instant,
): Covered {
  const byRecord = new Map(lines.map((line) => [line.candidate.recordId, line]));
  const used = new Map<string, Money>();
  const earlier = new Map<string, readonly CouponUse[]>();
  let known = coupons;
  let open: OpenLine | undefined;
  let after = totals;
  let rest = inSequence(lines.map(({ candidate }) => candidate));
  while (rest.length > 0) {
    const step = coverStep(rest, { coupons: known, open, earlier, now }, Infinity);
    for (const { recordId, place, uses } of step.allocations) {
      earlier.set(place, uses);
      const line = byRecord.get(recordId);
      if (line) after = withUses(after, line, uses, terms);
    }
    for (const { before, used: taken, restored } of step.covering.moves.values()) {
      used.set(before.couponId, add(used.get(before.couponId) ?? ZERO, subtract(taken, restored)));
    }
    known = known.map((coupon) => step.covering.moves.get(coupon.couponId)?.after ?? coupon);
    open = step.open;
    rest = rest.slice(step.done);
  }
  return { totals: after, used };
}

/** What changes when coupons pay for a line: by the same functions as without. */
function withUses(totals: Totals, line: Coverable, uses: readonly CouponUse[], terms: Terms): Totals {
  const { taxComponents, withholding } = terms;
  const bare = amountsOf(line.settlement, taxComponents);
  const covered = amountsOf(line.settlement, taxComponents, sumOfUses(uses));
  const change = startTotals();
  addUses(change, uses);
  const taxes = Object.keys(covered.tax.byComponent).map((code) => {
    const difference = subtract(covered.tax.byComponent[code] ?? ZERO, bare.tax.byComponent[code] ?? ZERO);
    return [code, add(totals.taxByComponent[code] ?? ZERO, difference)] as const;
  });
  const withheld = (taxExclusive: Money): Money => withheldOf(withholding, line.ruleTime, taxExclusive);
  return {
    ...totals,
    couponsUsed: add(totals.couponsUsed, covered.couponsUsed),
    couponsUsedCash: add(totals.couponsUsedCash, change.couponsUsedCash),
    couponsUsedTest: add(totals.couponsUsedTest, change.couponsUsedTest),
    taxByComponent: { ...totals.taxByComponent, ...Object.fromEntries(taxes) },
    due: add(totals.due, subtract(covered.due, bare.due)),
    withheld: add(totals.withheld, subtract(withheld(covered.taxExclusiveDue), withheld(bare.taxExclusiveDue))),
  };
}
