import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type Instant, instant, instantText, plus } from '#lib/shared/time.ts';
import { auditErrors } from './errors.ts';
import { startOfRetention } from './tracing.ts';

export const RANGES = ['last-hour', 'last-day', 'last-week'] as const;
const DURATION = { 'last-hour': { hours: 1 }, 'last-day': { days: 1 }, 'last-week': { days: 7 } } as const;

/** Both ends are included. */
export interface TimeRange {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Query fields of a range, and what they say. */
export const rangeFields = { from: instantText.optional(), to: instantText.optional() };
export const toTimeRange = ({ from, to }: { readonly from?: string; readonly to?: string }): TimeRange => ({
  from: from === undefined ? undefined : instant(from),
  to: to === undefined ? undefined : instant(to),
});

export interface RangeWish extends TimeRange {
  readonly range?: (typeof RANGES)[number];
}

/**
 * ORD-169: the last hour, another named range, or from and to. A range with one end given reaches to now, or begins an hour before.
 * @throws Refusal RANGE_TOO_OLD, INPUT_INVALID
 */
export function customerRange({ range, ...custom }: RangeWish, now: Instant): Required<TimeRange> {
  const { from, to = now } = custom;
  const isCustom = from !== undefined || custom.to !== undefined;
  if (!isCustom) return { from: before(now, range), to: now };
  if (range !== undefined) throw notAccepted('query/range', 'is given instead of from and to');
  const wish = ordered({ from: from ?? before(to), to });
  if (wish.from < startOfRetention(now)) throw new Refusal(auditErrors.RANGE_TOO_OLD);
  return wish;
}

/** @throws Refusal INPUT_INVALID when the range ends before it begins */
export function ordered<Range extends TimeRange>(range: Range): Range {
  const { from, to } = range;
  if (from !== undefined && to !== undefined && to < from) throw notAccepted('query/to', 'lies before the beginning');
  return range;
}

function before(time: Instant, range: (typeof RANGES)[number] = 'last-hour'): Instant {
  const { days = 0, hours = 0 }: { days?: number; hours?: number } = DURATION[range];
  return plus(time, { days: -days, hours: -hours });
}

const notAccepted = (pointer: string, detail: string): Refusal =>
  new Refusal(sharedErrors.INPUT_INVALID, {}, [{ pointer, detail }]);
