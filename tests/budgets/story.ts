import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { ingest } from '#lib/expenditures/index.ts';
import { loadStanding, type PartnerStanding, putStanding } from '#lib/shared/standing.ts';
import { type Instant, instant, plus } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { codeOf } from '#lib/shared/verification.ts';
import { handler as evaluateBudgets } from '../../functions/budgets/evaluate-budgets.ts';
import { handler as getBudget } from '../../functions/budgets/get-budget.ts';
import { handler as listAlerts } from '../../functions/budgets/list-customer-budget-alerts.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as setOneTimeBudget } from '../../functions/budgets/set-one-time-budget.ts';
import { handler as setPermission } from '../../functions/budgets/set-reseller-budget-permission.ts';
import { handler as freezeAccount } from '../../functions/customers/freeze-account.ts';
import { handler as freezeResources } from '../../functions/customers/freeze-account-and-resources.ts';
import { handler as unfreezeAccount } from '../../functions/customers/unfreeze-account.ts';
import { handler as unfreezeResources } from '../../functions/customers/unfreeze-account-and-resources.ts';
import { handler as requestCode } from '../../functions/organization/request-verification-code.ts';
import {
  type Answer,
  aCustomer,
  asSystem,
  type Caller,
  clock,
  drain,
  invoke,
  publishedEvents,
  type Request,
  runSchedule,
  type TestCustomer,
  type TestPartner,
} from '../support/index.ts';

/** Steps that stories about budgets are told in. Times are written as on a wall clock of GMT+08:00. */
export const at = (time: string): Instant => clock.set(`${time}${time.length === 16 ? ':00' : ''}+08:00`);

/** A customer that has been one since the day before: what it consumes now counts (CUS-098). */
export async function anEarlierCustomer(of: TestPartner): Promise<TestCustomer> {
  const now = clock.now();
  clock.advance({ days: -1 });
  const customer = await aCustomer({ of });
  clock.set(now);
  return customer;
}

type Customer = Pick<TestCustomer, 'customerId'>;
type BudgetBody = { exhaustionMode?: 'automatic' | 'manual'; unfreezeNow?: boolean; expectedVersion?: number };

export async function readBudget(as: Caller, { customerId }: Customer): Promise<Answer['body']> {
  const answer = await invoke(getBudget, { as, path: { customerId } });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

const setter =
  (handler: typeof setMonthlyBudget) =>
  async (as: Caller, customer: Customer, amount: string, more: BudgetBody = {}): Promise<Answer> => {
    const expectedVersion = more.expectedVersion ?? (await readBudget(as, customer)).version;
    return invoke(handler, {
      as,
      path: { customerId: customer.customerId },
      body: { amount, ...more, expectedVersion },
    });
  };

/** Sets with the version that is there, unless told another one. */
export const setMonthly = setter(setMonthlyBudget);
export const setOneTime = setter(setOneTimeBudget);

/** A monthly budget in force on an unfrozen customer. */
export async function giveBudget(
  as: Caller,
  customer: Customer,
  amount: string,
  exhaustionMode: 'automatic' | 'manual' = 'manual',
): Promise<void> {
  expect(await setMonthly(as, customer, amount, { exhaustionMode, unfreezeNow: true })).toMatchObject({
    status: 200,
    body: { freezeLevel: 'none' },
  });
}

/** Counts consumption that ended `until` (now, if not told otherwise); nothing is evaluated yet. */
export async function consume(
  { customerId }: Customer,
  listPrice: string,
  until: Instant = clock.now(),
  fields: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const raw = {
    recordId: `rec-${randomUUID()}`,
    customerId,
    billType: 'expenditure',
    billingMode: 'pay-per-use',
    productType: 'Elastic Cloud Server',
    productTypeCode: 'hws.service.type.ec2',
    productName: 's6.large.2',
    productId: '00301-28215-0--0',
    orderId: 'tx-1',
    spentFrom: plus(until, { hours: -1 }),
    spentTo: until,
    listPrice,
    currency: 'USD',
    settlementClass: 'common',
    ...fields,
  };
  const receipts = await asSystem((now) => ingest([{ raw, mark: randomUUID() }], now));
  expect(receipts).toMatchObject([{ receipt: expect.stringMatching(/^(counted|late)$/) }]);
}

/** The hourly run as of now, with everything it sets off. */
export async function evaluateHour(): Promise<void> {
  await runSchedule(evaluateBudgets, clock.now());
  await drain();
}

const controlled =
  (handler: typeof freezeAccount) =>
  (as: Caller, customers: readonly Customer[], more: Partial<Request> & { reason?: string } = {}): Promise<Answer> => {
    const { reason = 'as agreed by phone', ...request } = more;
    return invoke(handler, {
      as,
      body: { customerIds: customers.map(({ customerId }) => customerId), reason },
      ...request,
    });
  };

export const freeze = controlled(freezeAccount);
export const freezeWithResources = controlled(freezeResources);
export const unfreeze = controlled(unfreezeAccount);
export const unfreezeWithResources = controlled(unfreezeResources);

/** Alerts of a customer as `threshold occurrence status`, oldest and lowest first; `withDelivery` adds how recipients were told. */
export async function alertsOf(as: Caller, { customerId }: Customer, withDelivery = false): Promise<string[]> {
  const { body } = await invoke(listAlerts, { as, path: { customerId } });
  return body.items
    .sort((a: AlertItem, b: AlertItem) => Date.parse(a.raisedAt) - Date.parse(b.raisedAt) || a.threshold - b.threshold)
    .map(({ threshold, occurrence, status, delivery }: AlertItem) =>
      [threshold, occurrence, status, ...(withDelivery ? [delivery] : [])].join(' '),
    );
}
interface AlertItem {
  readonly raisedAt: string;
  readonly threshold: number;
  readonly occurrence: number;
  readonly status: string;
  readonly delivery: string;
}

export const eventsOf = async ({ customerId }: Customer, ...names: readonly string[]) =>
  (await publishedEvents(...names)).filter(({ detail }) => detail.customerId === customerId);

/** Thresholds that recipients of a customer were told of, in order. */
export const toldThresholds = async (customer: Customer): Promise<unknown[]> =>
  (await eventsOf(customer, 'budget.alert-raised')).map(({ detail }) => detail.threshold);

export async function giveStanding(partnerId: string, change: Partial<PartnerStanding>): Promise<void> {
  const standing = await loadStanding(partnerId);
  if (!standing) throw new Error('no such partner');
  await asSystem(() => transact({ writes: [putStanding({ ...standing, ...change }, standing.version)] }));
}

/** Sends a request that needs a code, asks for the code and sends it again with it. */
export async function withCode(
  as: Caller,
  send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Answer> {
  const { status, body } = await send({});
  expect({ status, code: body.code }).toEqual({ status: 403, code: 'VERIFICATION_REQUIRED' });
  const { challengeId } = body;
  expect(await invoke(requestCode, { as, path: { challengeId }, body: { channel: 'email' } })).toMatchObject({
    status: 202,
  });
  return send({ 'verification-challenge': challengeId, 'verification-code': codeOf(challengeId, clock.now()) });
}

/** A distributor gives a reseller the right to set budgets and freeze. */
export async function authorize(
  distributor: Caller,
  resellerId: string,
  monthlyQuota: string,
  oneTimeQuota = '0.00',
): Promise<void> {
  const body = { authorized: true, monthlyQuota, oneTimeQuota };
  expect(await invoke(setPermission, { as: distributor, path: { resellerId }, body })).toMatchObject({ status: 200 });
}

export const withdrawAuthorization = (distributor: Caller, resellerId: string): Promise<Answer> =>
  withCode(distributor, (headers) =>
    invoke(setPermission, { as: distributor, path: { resellerId }, body: { authorized: false }, headers }),
  );

export const inUtc = (time: string): Instant => instant(`${time}+08:00`);
