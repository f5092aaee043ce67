import { type Instant, plusMonths } from '#lib/shared/time.ts';
import type { Side } from './association-record.ts';

const COOL_DOWN_MONTHS = 3;

/** When each side of a pair asked last; whatever became of the request, and whichever association it was about (ORD-24). */
export type LastRequests = Readonly<Partial<Record<Side, Instant>>>;

/**
 * From when on a side may ask again (ORD-23): the same clock time three calendar months later, on the last day of a shorter month.
 * @returns `undefined` when it may now
 */
export function coolDownUntil(lastRequest: Instant | undefined, now: Instant): Instant | undefined {
  if (lastRequest === undefined) return undefined;
  const until = plusMonths(lastRequest, COOL_DOWN_MONTHS);
  return now < until ? until : undefined;
}
