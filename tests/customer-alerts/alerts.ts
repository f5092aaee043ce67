import { type BusinessDay, dayPlus } from '#lib/shared/time.ts';
import { handler as acceptAlert } from '../../functions/customer-alerts/accept-customer-alert.ts';
import { handler as generateAlerts } from '../../functions/customer-alerts/generate-customer-alerts.ts';
import { handler as listAlerts } from '../../functions/customer-alerts/list-customer-alerts.ts';
import { handler as processAlert } from '../../functions/customer-alerts/process-customer-alert.ts';
import { consume, inUtc } from '../budgets/story.ts';
import {
  type Answer,
  anOperator,
  type Caller,
  clock,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
} from '../support/index.ts';

type Customer = Pick<TestCustomer, 'customerId'>;

/** Steps that stories about churn are told in. Metered usage of the days from `first` on, counted now. */
export async function useDaily(customer: Customer, first: string, amounts: readonly string[]): Promise<void> {
  for (const [i, amount] of amounts.entries()) {
    if (amount === '0') continue;
    await consume(customer, amount, inUtc(`${dayPlus(first as BusinessDay, i)}T12:00:00`));
  }
}

/** The daily job with everything it sets off. */
export async function generate(dueAt = clock.now()): Promise<void> {
  await runSchedule(generateAlerts, dueAt);
  await drain();
}

export const list = async (
  as: Caller,
  query: Readonly<Record<string, string | number>> = {},
): Promise<Answer['body']> => (await invoke(listAlerts, { as, query })).body;

export async function accept({ customerId }: Customer, scenario = 'order-cancelled'): Promise<Answer> {
  const body = { scenario, title: 'Orders cancelled', details: 'Three orders were cancelled within a week.' };
  return invoke(acceptAlert, { as: await anOperator(), path: { customerId }, body });
}

export const process = (
  as: Caller,
  { alertId }: { alertId: string },
  body: object = { customerLost: true, reason: 'competitor' },
): Promise<Answer> => invoke(processAlert, { as, path: { alertId }, body });
