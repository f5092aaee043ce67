import { epochMs, type Instant, instantOfEpochMs } from '#lib/shared/time.ts';

const OFFSET_MS = 8 * 3_600_000;
const MOST_REMEMBERED = 5_000;
const remembered = new Map<Instant, string>();

/** `2024-07-31T23:00:00+08:00`: a time as bills show it. Lines of a month share few full hours, so each is worked out once. */
export function businessTime(time: Instant): string {
  const known = remembered.get(time);
  if (known !== undefined) return known;
  const text = `${instantOfEpochMs(epochMs(time) + OFFSET_MS).slice(0, 19)}+08:00`;
  if (remembered.size === MOST_REMEMBERED) remembered.clear();
  remembered.set(time, text);
  return text;
}
