import {
  atBusinessTime,
  type BillingMonth,
  type BusinessDay,
  businessDayOf,
  dayPlus,
  epochMs,
  type Instant,
  instantOfEpochMs,
  monthStart,
  nextMonth,
} from '#lib/shared/time.ts';

/** The last instant of a cycle: tax rule of the bill (FIN-39), discount of a charge that ends at 00:00 on the 1st (spec note 17). */
export const lastInstantOf = (cycle: BillingMonth): Instant =>
  instantOfEpochMs(epochMs(monthStart(nextMonth(cycle))) - 1);

/** A cycle can be billed from the first instant of the next month on (FIN-08). */
export const isClosed = (cycle: BillingMonth, now: Instant): boolean => now >= monthStart(nextMonth(cycle));

/** FIN-06, FIN-66: the 5th of the next month. */
export const issueDayOf = (cycle: BillingMonth): BusinessDay => dayPlus(businessDayOf(monthStart(nextMonth(cycle))), 4);

/** FIN-20: bills are complete before noon on the issue day; at noon a bill is late. */
export const isLate = (cycle: BillingMonth, issuedAt: Instant): boolean =>
  issuedAt >= atBusinessTime(issueDayOf(cycle), '12:00:00');

const PAYMENT_DAYS = 15;

/** FIN-162: 23:59:59 on the 15th day after the day of issue, or after as many days as were agreed with the partner. */
export const dueAtOf = (issuedAt: Instant, paymentDays = PAYMENT_DAYS): Instant =>
  atBusinessTime(dayPlus(businessDayOf(issuedAt), paymentDays), '23:59:59');

/** FIN-162: overdue from 00:00 of the day after the due day. */
export const isPastDue = (dueAt: Instant, now: Instant): boolean => businessDayOf(now) > businessDayOf(dueAt);

/** FIN-43: how the settlement of pay-per-use lines is brought to its decimals. */
export type Regime = 'cut-lines' | 'round-lines' | 'exact-lines';

export function regimeOf(cycle: BillingMonth): Regime {
  if (cycle <= '2021-05') return 'cut-lines';
  return cycle <= '2021-07' ? 'round-lines' : 'exact-lines';
}

const spans = new Map<BillingMonth, { readonly end: Instant; readonly last: Instant }>();

/**
 * The time at which the rules of a charge are looked up: its transaction time, but for consumption that ends exactly at 00:00 on the 1st
 * the last instant of the month just over (spec note 17).
 */
export function ruleTimeOf(charge: {
  readonly transactionTime: Instant;
  readonly consumptionMonth: BillingMonth;
}): Instant {
  let span = spans.get(charge.consumptionMonth);
  if (!span) {
    span = { end: monthStart(nextMonth(charge.consumptionMonth)), last: lastInstantOf(charge.consumptionMonth) };
    spans.set(charge.consumptionMonth, span);
  }
  return charge.transactionTime >= span.end ? span.last : charge.transactionTime;
}
