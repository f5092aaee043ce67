import { type Instant, plus } from '#lib/shared/time.ts';

/** ORD-155: a trace is shown for less than this long after its operation. */
export const RETENTION_DAYS = 7;

/** One turn of a customer's switch. The turns are kept, because a message may come long after its operation (ORD-151). */
export interface Tracing {
  readonly enabled: boolean;
  readonly since: Instant;
  readonly version: number;
}

/** The next turn; nothing when the switch stands that way already. Never before the last one, whatever two clocks say. */
export function turn(last: Tracing | undefined, enabled: boolean, now: Instant): Tracing | undefined {
  if ((last?.enabled ?? false) === enabled) return undefined;
  return { enabled, since: last && last.since > now ? last.since : now, version: (last?.version ?? 0) + 1 };
}

/** Whether traces can exist: the switch is on, or was until less than the retention ago. */
export const mayHoldTraces = (last: Tracing | undefined, now: Instant): boolean =>
  last !== undefined && (last.enabled || last.since > startOfRetention(now));

/** Operations at or before this instant are no longer shown (ORD-155). */
export const startOfRetention = (now: Instant): Instant => plus(now, { days: -RETENTION_DAYS });
