import type { Association } from '#lib/customers/index.ts';
import {
  type BusinessDay,
  billingMonthOf,
  businessDayOf,
  dayPlus,
  type Instant,
  monthStart,
  nextMonth,
} from '#lib/shared/time.ts';

/** That a customer was assigned to an account manager, and how that ended. */
export interface Assignment {
  readonly assignedAt: Instant;
  readonly ended?: { readonly at: Instant; readonly by: 'unassignment' | 'change' };
}

/** The days whose expenditures count for the account manager (ORD-139, ORD-140); none when `last` lies before `first`. */
export function creditedDays({ assignedAt, ended }: Assignment): { first: BusinessDay; last?: BusinessDay } {
  const first = dayPlus(businessDayOf(assignedAt), 1);
  if (!ended) return { first };
  // On a direct change the successor's first day is the next one, so that no day counts for both.
  if (ended.by === 'change') return { first, last: businessDayOf(ended.at) };
  const turn = monthStart(nextMonth(billingMonthOf(ended.at)));
  return { first, last: dayPlus(businessDayOf(turn), -1) };
}

/** ORD-134: in the reseller model a customer's own cash coupons pay only for what was spent before the association. */
export const takesOwnCoupons = ({ type, since }: Pick<Association, 'type' | 'since'>, spentAt: Instant): boolean =>
  type === 'referral' || spentAt <= since;
