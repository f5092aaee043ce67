import { type CustomerMonth, loadMonthsOf, monthPage } from '#lib/expenditures/index.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, BusinessDay } from '#lib/shared/time.ts';

export interface DailyUsage {
  readonly customerId: string;
  readonly usageOf: (day: BusinessDay) => Money;
}

interface PageOf {
  readonly partnerId: string;
  readonly month: BillingMonth;
  readonly after?: string;
}

/**
 * Daily usage of the customers that a partner's month has, over all `months`; one that an earlier of the months has too is left to that
 * one's page. @returns `next` names the customer after which to go on
 */
export async function pageOfUsage(
  { partnerId, month, after }: PageOf,
  months: readonly BillingMonth[],
  limit: number,
): Promise<{ usages: DailyUsage[]; next?: string }> {
  const page = await monthPage(partnerId, month, { limit, after });
  const others = months.filter((each) => each !== month);
  const wanted = page.months.flatMap(({ customerId }) =>
    others.map((each) => ({ partnerId, customerId, month: each })),
  );
  const byCustomer = Map.groupBy([...page.months, ...(await loadMonthsOf(wanted))], ({ customerId }) => customerId);
  const usages = [...byCustomer]
    .filter(([, found]) => !found.some((each) => each.month < month))
    .map(([customerId, found]) => ({ customerId, usageOf: dailyUsage(found) }));
  return { usages, next: page.next };
}

function dailyUsage(months: readonly CustomerMonth[]): DailyUsage['usageOf'] {
  const byMonth = new Map<string, CustomerMonth>(months.map((each) => [each.month, each]));
  return (day) => byMonth.get(day.slice(0, 7))?.usageByDay.get(day.slice(-2)) ?? ZERO;
}
