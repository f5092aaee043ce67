import type { CouponUse } from '#lib/coupons/index.ts';

/** What coupons took of a line, before the line is written. */
export interface Allocation {
  readonly part: number;
  readonly recordId: string;
  readonly place: string;
  readonly uses: readonly CouponUse[];
}

/** A part reads the allocations of its lane only; so many items a step writes at most, give or take a full one. */
export const LANES = 8;
