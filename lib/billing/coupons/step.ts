import {
  type Coupon,
  type CouponLine,
  type CouponUse,
  type Covering,
  MOST_WRITES_OF_A_COUPON,
  MOST_WRITES_OF_THE_LEDGER,
  startCovering,
  sumOfUses,
  takenBack,
} from '#lib/coupons/index.ts';
import { add, type Money, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Allocation, LANES } from './allocation.ts';
import type { Candidate } from './candidate.ts';
import type { OpenLine } from './pass-store.ts';

/** The pass, one page a lane and two that are full, the ledger; what remains of a transaction is for coupons. */
const MOST_COUPONS = Math.floor((100 - 1 - (LANES + 2) - MOST_WRITES_OF_THE_LEDGER) / MOST_WRITES_OF_A_COUPON);
/** Keeps the pages of a step, and what it notes with a coupon, within the size of an item. */
const MOST_USES = 1_500;

export interface StepFacts {
  readonly coupons: readonly Coupon[];
  /** How far the first line is. */
  readonly open?: OpenLine;
  /** What lines of earlier steps took, for refunds of them, by place. */
  readonly earlier: ReadonlyMap<string, readonly CouponUse[]>;
  readonly now: Instant;
}

/** What one commit of the pass covers. */
export interface Step {
  readonly covering: Pick<Covering, 'moves' | 'forfeited'>;
  readonly allocations: readonly Allocation[];
  /** Of the finished lines. */
  readonly couponsUsed: Money;
  /** How many lines are finished. */
  readonly done: number;
  readonly open?: OpenLine;
}

/** Covers lines, which come in their sequence, as far as one commit goes. */
export function coverStep(lines: readonly Candidate[], facts: StepFacts, mostCoupons = MOST_COUPONS): Step {
  const covering = startCovering(facts.coupons, facts.now, mostCoupons);
  const allocations: Allocation[] = [];
  const taken = new Map<string, readonly CouponUse[]>();
  let couponsUsed = ZERO;
  let count = 0;
  for (const [i, line] of lines.entries()) {
    const before = facts.open?.recordId === line.recordId ? facts.open.uses : [];
    const usesOf = (place: string) => taken.get(place) ?? facts.earlier.get(place) ?? [];
    const covered = covering.cover(resolved(line, usesOf), before);
    const uses = [...before, ...covered.uses];
    count += covered.uses.length;
    if (!covered.complete) {
      return { covering, allocations, couponsUsed, done: i, open: { recordId: line.recordId, uses } };
    }
    if (uses.length > 0) {
      allocations.push({ part: line.part, recordId: line.recordId, place: line.place, uses });
      taken.set(line.place, uses);
      couponsUsed = add(couponsUsed, sumOfUses(uses));
    }
    if (count >= MOST_USES) return { covering, allocations, couponsUsed, done: i + 1 };
  }
  return { covering, allocations, couponsUsed, done: lines.length };
}

/** FIN-63: a refund of a line on the same bill takes back what that line has just taken. */
function resolved(line: Candidate, usesOf: (place: string) => readonly CouponUse[]): CouponLine {
  if (!('takesBack' in line) || !line.original) return line;
  return { ...line, takesBack: takenBack(usesOf(line.original.place), line.original.fraction) };
}

export const hasMoved = ({ allocations, open }: Step): boolean => allocations.length > 0 || open !== undefined;
