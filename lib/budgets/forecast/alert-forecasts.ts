import { budgetForecastExceeded } from '#events/budget-forecasts.ts';
import { activeAssociation, type Customer, customerUnchanged, loadCustomers } from '#lib/customers/index.ts';
import { loadMonthsOf } from '#lib/expenditures/index.ts';
import { log } from '#lib/shared/log.ts';
import { exactText, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Budget } from '../budget.ts';
import { listBudgets } from '../budget-store.ts';
import { listenersAmong, putForecastAlerted } from './alert-store.ts';
import { type ForecastReading, forecastBudget, forecastMonths } from './read-forecast.ts';

const BUDGETS_PER_PAGE = 100;

/** A customer whose forecast somebody wants to hear of. */
interface Watched {
  readonly customer: Customer;
  readonly since: Instant;
  readonly budget: Budget;
  readonly tell: readonly string[];
}

/** Tells of the monthly budgets of a page that are expected to be used up this month, each once a month. @returns where to go on */
export async function alertForecasts(
  partnerId: string,
  after: string | undefined,
  now: Instant,
): Promise<string | undefined> {
  const { budgets, next } = await listBudgets(partnerId, { limit: BUDGETS_PER_PAGE, after });
  const watched = await watchedAmong(budgets.filter(({ amount, type }) => type === 'monthly' && amount > ZERO));
  const wanted = watched.flatMap(({ budget }) =>
    forecastMonths(now).map((month) => ({ partnerId, customerId: budget.customerId, month })),
  );
  const months = Map.groupBy(await loadMonthsOf(wanted), ({ customerId }) => customerId);
  for (const each of watched) {
    const reading = forecastBudget(each.budget, months.get(each.budget.customerId) ?? [], each, now);
    // What has reached its amount is told by the alert of 100 percent.
    if (reading.exhaustedOn !== undefined) await alertOnce(each, reading, now);
  }
  return next;
}

async function watchedAmong(budgets: readonly Budget[]): Promise<Watched[]> {
  const customers = new Map(
    (await loadCustomers(budgets.map(({ customerId }) => customerId))).map((each) => [each.customerId, each]),
  );
  const capped = budgets.flatMap((budget) => {
    const customer = customers.get(budget.customerId);
    const association = customer && activeAssociation(customer);
    if (!customer || association?.type !== 'reseller' || association.partnerId !== budget.partnerId) return [];
    const partners = [association.partnerId, ...(association.resellerId ? [association.resellerId] : [])];
    return [{ customer, budget, since: association.since, partners }];
  });
  const listeners = await listenersAmong(capped.flatMap(({ partners }) => partners));
  return capped
    .map(({ partners, ...each }) => ({ ...each, tell: partners.filter((partner) => listeners.has(partner)) }))
    .filter(({ tell }) => tell.length > 0);
}

async function alertOnce(watched: Watched, reading: ForecastReading, now: Instant): Promise<void> {
  const { customer, budget } = watched;
  try {
    await transact({
      writes: [putForecastAlerted(budget, reading.month, now), customerUnchanged(customer)],
      events: [exceededEvent(watched, reading, now)],
      trace: {
        partnerId: budget.partnerId,
        customerId: budget.customerId,
        after: { month: reading.month, exhaustedOn: reading.exhaustedOn },
      },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    log.info('forecast told before, or to be decided anew tomorrow', { customerId: budget.customerId });
  }
}

function exceededEvent(
  { customer, budget, tell }: Watched,
  { month, usage, forecast, exhaustedOn }: ForecastReading,
  now: Instant,
): OutgoingEvent {
  const { partnerId, customerId, amount, exhaustionMode } = budget;
  const { accountName, association } = customer;
  const who = { customerId, accountName, partnerId, resellerId: association?.resellerId, tell: [...tell] };
  const figures = {
    month,
    amount: exactText(amount),
    usage: exactText(usage),
    expectedUsage: exactText(forecast?.expected ?? usage),
    exhaustedOn: exhaustedOn ?? '',
  };
  return event(budgetForecastExceeded, { ...who, ...figures, exhaustionMode, raisedAt: now }, now);
}
