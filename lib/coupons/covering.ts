import { add, type Fraction, type Money, negate, roundedProduct, subtract, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Coupon, type CouponKind, restore, use } from './coupon.ts';
import { compare, fits, indexCoupons, inOrderOfUse, type Spending } from './fitting.ts';

/** What a coupon paid of a line; below 0, what a refund takes back of it (FIN-63). */
export interface CouponUse {
  readonly couponId: string;
  readonly kind: CouponKind;
  readonly amount: Money;
}

/** The line that it is of. */
export interface CoveredLine {
  readonly recordId: string;
  readonly customerId: string;
  readonly transactionTime: Instant;
  /** `<transaction time>#<record id>`: its place in the sequence (FIN-51, FIN-185). */
  readonly place: string;
}

/** A line as coupons see it: something spent, or something taken back. */
export type CouponLine = SpentLine | TakenBackLine;

type SpentLine = CoveredLine & { readonly spending: Spending; readonly settlement: Money };
type TakenBackLine = CoveredLine & { readonly takesBack: readonly CouponUse[]; readonly restores: boolean };

/** A coupon after a number of lines, and what they did to it; `used` and the rest are not below 0. */
export interface CouponMove {
  readonly before: Coupon;
  readonly after: Coupon;
  readonly used: Money;
  readonly restored: Money;
  /** What was left of a coupon for one use (FIN-56). */
  readonly lapsed: Money;
  readonly uses: readonly { readonly line: CoveredLine; readonly amount: Money }[];
}

export interface Covered {
  readonly uses: readonly CouponUse[];
  /** Not when the line needs one coupon more than may be moved at once. */
  readonly complete: boolean;
}

export const inSequence = <Placed extends CoveredLine>(lines: readonly Placed[]): Placed[] =>
  [...lines].sort((a, b) => compare(a.place, b.place));

/**
 * FIN-63: what a refund takes back of each coupon that paid its original, in proportion. The parts are rounded so that they add up to the
 * rounded whole.
 * @param fraction refunded part of the original
 */
export function takenBack(uses: readonly CouponUse[], fraction: Fraction): CouponUse[] {
  const partOf = (amount: Money): Money => roundedProduct([amount], 8, fraction);
  let paid = ZERO;
  return uses.map(({ couponId, kind, amount }) => {
    const before = partOf(paid);
    paid = add(paid, amount);
    return { couponId, kind, amount: subtract(before, partOf(paid)) };
  });
}

export interface Covering {
  /** Covers a line, or goes on with one of which `done` is covered already. Lines come in their sequence (FIN-51). */
  cover(line: CouponLine, done?: readonly CouponUse[]): Covered;
  readonly moves: ReadonlyMap<string, CouponMove>;
  /** Taken back of coupons, but not given back to them (FIN-61). */
  readonly forfeited: Money;
}

/** Covers line after line, moving at most `mostCoupons` coupons. */
export function startCovering(coupons: readonly Coupon[], now: Instant, mostCoupons = Infinity): Covering {
  const index = indexCoupons(coupons);
  const known = new Map(coupons.map((coupon) => [coupon.couponId, coupon]));
  const moves = new Map<string, RunningMove>();
  let forfeited = ZERO;

  const asMoved = (coupon: Coupon): Coupon => moves.get(coupon.couponId)?.after ?? coupon;
  const mayMove = ({ couponId }: Coupon): boolean => moves.has(couponId) || moves.size < mostCoupons;
  const moveOf = (coupon: Coupon): RunningMove => {
    const started = moves.get(coupon.couponId) ?? startMove(coupon);
    moves.set(coupon.couponId, started);
    return started;
  };

  function pay(line: SpentLine, done: readonly CouponUse[]): Covered {
    const uses: CouponUse[] = [];
    let open = subtract(line.settlement, sumOfUses(done));
    for (const each of inOrderOfUse(index, line.spending)) {
      if (open <= 0n) break;
      const coupon = asMoved(each);
      if (coupon.balance <= 0n || !fits(coupon, line.spending)) continue;
      if (!mayMove(coupon)) return { uses, complete: false };
      const needsAll = coupon.balance <= open;
      const amount = needsAll ? coupon.balance : open; // FIN-55
      applyUse(moveOf(each), line, amount, now);
      uses.push({ couponId: coupon.couponId, kind: coupon.kind, amount });
      open = subtract(open, amount);
    }
    return { uses, complete: true };
  }

  function takeBack(line: TakenBackLine, done: readonly CouponUse[]): Covered {
    const uses: CouponUse[] = [];
    for (const back of line.takesBack.slice(done.length)) {
      const coupon = line.restores ? known.get(back.couponId) : undefined;
      if (coupon && !mayMove(coupon)) return { uses, complete: false };
      const restored = coupon ? applyRestoration(moveOf(coupon), line, negate(back.amount)) : ZERO;
      forfeited = subtract(forfeited, add(back.amount, restored));
      uses.push(back);
    }
    return { uses, complete: true };
  }

  return {
    cover: (line, done = []) => ('spending' in line ? pay(line, done) : takeBack(line, done)),
    moves,
    get forfeited() {
      return forfeited;
    },
  };
}

export const sumOfUses = (uses: readonly CouponUse[], kind?: CouponKind): Money =>
  uses.reduce((total, each) => (kind === undefined || each.kind === kind ? add(total, each.amount) : total), ZERO);

/** Moved in place: a coupon may serve thousands of lines. */
type RunningMove = { -readonly [Field in keyof CouponMove]: CouponMove[Field] } & {
  readonly uses: CouponMove['uses'][number][];
};

const startMove = (coupon: Coupon): RunningMove => ({
  before: coupon,
  after: coupon,
  used: ZERO,
  restored: ZERO,
  lapsed: ZERO,
  uses: [],
});

function applyUse(move: RunningMove, line: CoveredLine, amount: Money, now: Instant): void {
  const { after, lapsed } = use(move.after, amount, now);
  move.after = after;
  move.used = add(move.used, amount);
  move.lapsed = add(move.lapsed, lapsed);
  move.uses.push({ line, amount });
}

/** @returns what the coupon took */
function applyRestoration(move: RunningMove, line: CoveredLine, amount: Money): Money {
  const { after, restored } = restore(move.after, amount);
  move.after = after;
  move.restored = add(move.restored, restored);
  if (restored > 0n) move.uses.push({ line, amount: negate(restored) });
  return restored;
}
