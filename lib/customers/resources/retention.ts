import { atBusinessTime, businessDayOf, dayPlus, type Instant } from '#lib/shared/time.ts';
import type { Customer, CustomerControl } from '../customer.ts';

/** CUS-158: days before the release on which the partner is warned. */
export const WARNING_DAYS = [7, 3, 1] as const;

/** The end of a retention that is still to come, or that nobody has noted yet. */
export const pendingRelease = ({ retentionUntil, resourcesReleasedAt }: CustomerControl): Instant | undefined =>
  resourcesReleasedAt === undefined ? retentionUntil : undefined;

/** CUS-031, CUS-155: over at the instant, whether or not a job has been by; nothing that comes later brings the resources back. */
export function overdueRelease(control: CustomerControl, now: Instant): Instant | undefined {
  const until = pendingRelease(control);
  return until !== undefined && until <= now ? until : undefined;
}

/** The freeze itself stays as it is (CUS-031). */
export const noteRelease = (before: Customer, releasedAt: Instant): Customer => ({
  ...before,
  control: { ...before.control, resourcesReleasedAt: releasedAt },
  version: before.version + 1,
});

/** The retentions that end on the calendar day so many days after that of `now`. */
export function endingOn(now: Instant, days: number): { readonly from: Instant; readonly before: Instant } {
  const day = dayPlus(businessDayOf(now), days);
  return { from: atBusinessTime(day, '00:00:00'), before: atBusinessTime(dayPlus(day, 1), '00:00:00') };
}
