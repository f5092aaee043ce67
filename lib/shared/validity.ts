import type { Instant } from './time.ts';

/** From the second `from` to the second `to`, both included (FIN-128, FIN-129); without `to`, for good. */
export interface Validity {
  readonly from: Instant;
  readonly to?: Instant;
}

/** `2024-09-30T15:59:59`: the second that a time lies in, so that an end of 23:59:59 lasts until midnight. */
const secondOf = (time: Instant): string => time.slice(0, 19);

export const inForceAt = ({ from, to }: Validity, time: Instant): boolean =>
  from <= time && (to === undefined || secondOf(time) <= secondOf(to));

/** Two validities share a second; one that was ended before it began shares none. */
export const overlap = (a: Validity, b: Validity): boolean =>
  begins(a, a) && begins(b, b) && begins(a, b) && begins(b, a);

const begins = ({ from }: Validity, { to }: Validity): boolean => to === undefined || secondOf(from) <= secondOf(to);

export const isWholeSecond = (time: Instant): boolean => time.endsWith('.000Z');
