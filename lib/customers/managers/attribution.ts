import {
  type BillingMonth,
  type BusinessDay,
  billingMonthOf,
  businessDayOf,
  dayPlus,
  monthStart,
  nextMonth,
} from '#lib/shared/time.ts';
import type { Assignment } from './history.ts';

/** Days whose expenditure and revenue count for a member. */
export interface CreditedDays {
  readonly memberId: string;
  readonly first: BusinessDay;
  readonly last?: BusinessDay;
}

/**
 * The days that count for an account manager on the daily basis (CUS-202, ORD-139, ORD-140); none when `last` lies before `first`.
 * Who had the customer before a change keeps that day, so that no day counts for two (CUS-204).
 */
export function creditedDays({ memberId, assignedAt, ended }: Assignment): CreditedDays {
  const first = dayPlus(businessDayOf(assignedAt), 1);
  if (!ended) return { memberId, first };
  const day = businessDayOf(ended.at);
  // An unassignment takes effect as a month begins; the month before it is the last that counts (CUS-198).
  return { memberId, first, last: ended.by === 'unassignment' ? dayPlus(day, -1) : day };
}

/** Daily basis: whom a day counts for, if for anybody (CUS-201 to CUS-204). */
export const managerOfDay = (assignments: readonly Assignment[], day: BusinessDay): string | undefined =>
  assignments.map(creditedDays).find(({ first, last }) => first <= day && (last === undefined || day <= last))
    ?.memberId;

function later(a: BusinessDay, b: BusinessDay): BusinessDay {
  if (a < b) return b;
  return a;
}

/** Daily basis: the stretches of a month that count for somebody, in order. */
export function managersOfDays(assignments: readonly Assignment[], month: BillingMonth): Required<CreditedDays>[] {
  const first = businessDayOf(monthStart(month));
  const last = dayPlus(businessDayOf(monthStart(nextMonth(month))), -1);
  return assignments
    .map(creditedDays)
    .map((days) => ({
      memberId: days.memberId,
      first: later(days.first, first),
      last: days.last !== undefined && days.last < last ? days.last : last,
    }))
    .filter((days) => days.first <= days.last);
}

/** Monthly basis: a month counts for the last who was assigned in it or still had the customer as it began (CUS-203, CUS-205). */
export function managerOfMonth(assignments: readonly Assignment[], month: BillingMonth): string | undefined {
  const begins = monthStart(month);
  return assignments.findLast(
    ({ assignedAt, ended }) => billingMonthOf(assignedAt) <= month && (ended === undefined || ended.at > begins),
  )?.memberId;
}
