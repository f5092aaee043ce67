import type { Association, Customer } from '#lib/customers/index.ts';
import { type CustomerMonth, loadMonths, usageSince } from '#lib/expenditures/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import {
  type BillingMonth,
  type BusinessDay,
  billingMonthOf,
  businessDayOf,
  dayPlus,
  type Instant,
  monthStart,
  nextMonth,
  previousMonth,
} from '#lib/shared/time.ts';
import type { Budget } from '../budget.ts';
import { budgetErrors } from '../errors.ts';
import { presentBudget, requireResellerModel } from '../read-budget.ts';
import { isExhausted } from '../threshold.ts';
import { exhaustionDay, type Forecast, type ForecastFacts, forecastUsage, WINDOW_DAYS } from './forecast.ts';

export interface ForecastReading {
  readonly budget: Budget;
  readonly month: BillingMonth;
  readonly usage: Money;
  /** Full days that there are to go by, and what follows from them unless they are too few. */
  readonly basisDays: number;
  readonly forecast?: Forecast;
  /** The day on which usage reaches the amount, in this month; that it has already says `exhausted`. */
  readonly exhaustedOn?: BusinessDay;
  readonly exhausted: boolean;
}

type Months = readonly Pick<CustomerMonth, 'month' | 'usage' | 'usageByDay' | 'usageBySince'>[];

/** The months whose days a forecast looks at. */
export const forecastMonths = (now: Instant): BillingMonth[] => {
  const month = billingMonthOf(now);
  return [previousMonth(month), month];
};

/** @throws Refusal NOT_RESELLER_MODEL, BUDGET_NOT_SET, BUDGET_NOT_MONTHLY */
export async function readForecast(customer: Customer, now: Instant): Promise<ForecastReading> {
  const association = requireResellerModel(customer);
  const budget = await presentBudget({ customer, association });
  if (budget.amount === ZERO) throw new Refusal(budgetErrors.BUDGET_NOT_SET);
  if (budget.type !== 'monthly') throw new Refusal(budgetErrors.BUDGET_NOT_MONTHLY);
  const months = await loadMonths(budget.partnerId, budget.customerId, forecastMonths(now));
  return forecastBudget(budget, months, association, now);
}

/** What is to be expected of a monthly budget. */
export function forecastBudget(
  budget: Budget,
  months: Months,
  association: Pick<Association, 'since'>,
  now: Instant,
): ForecastReading {
  const facts = toFacts(months, association, now);
  const exhausted = isExhausted(facts.usage, budget.amount);
  return {
    budget,
    month: billingMonthOf(now),
    usage: facts.usage,
    basisDays: facts.window.length,
    forecast: forecastUsage(facts),
    exhaustedOn: exhausted ? undefined : exhaustionDay(facts, budget.amount),
    exhausted,
  };
}

/** The day on which the association began is no full day, and those before it tell nothing. */
function toFacts(months: Months, { since }: Pick<Association, 'since'>, now: Instant): ForecastFacts {
  const month = billingMonthOf(now);
  const today = businessDayOf(now);
  const present = months.find((each) => each.month === month);
  const metered = (day: BusinessDay): Money =>
    months.find((each) => day.startsWith(each.month))?.usageByDay.get(day.slice(-2)) ?? ZERO;
  const days = Array.from({ length: WINDOW_DAYS }, (_, i) => dayPlus(today, i - WINDOW_DAYS));
  return {
    today,
    lastDay: dayPlus(businessDayOf(monthStart(nextMonth(month))), -1),
    usage: present ? usageSince(present, since) : ZERO,
    window: days.filter((day) => day > businessDayOf(since)).map(metered),
    meteredToday: metered(today),
  };
}
