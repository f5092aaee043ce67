import { beforeEach, expect, it } from 'vitest';
import { associateCustomer } from '#lib/customers/index.ts';
import { handler as checkCustomerAction } from '../../functions/budgets/check-customer-action.ts';
import { handler as getBudget } from '../../functions/budgets/get-budget.ts';
import { handler as getForecast } from '../../functions/budgets/get-budget-forecast.ts';
import { handler as listCustomers } from '../../functions/customers/query-customers.ts';
import { aLeavableCustomer, anEnabledPartner, answered, asked } from '../customer-development/changes.ts';
import {
  anOperator,
  asSystem,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { alertsOf, at, consume, evaluateHour, giveBudget, inUtc, setOneTime } from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

/** The customer used 80.00 until the 10th, left, and came back to the same partner at noon. */
beforeEach(async () => {
  at('2024-08-05T10:00');
  partner = await anEnabledPartner();
  customer = await aLeavableCustomer({ of: partner });
  at('2024-08-10T10:00');
  await giveBudget(partner, customer, '100.00');
  await consume(customer, '80.00');
  const { recordId } = (await asked(partner, customer)).body;
  expect(await answered(customer, recordId, 'agree')).toMatchObject({ status: 200 });
  at('2024-08-10T12:00');
  const wish = { partnerId: partner.partnerId, type: 'reseller' } as const;
  await asSystem((now) => associateCustomer(customer.customerId, wish, now));
  at('2024-08-12T10:00');
});

const budget = async () => (await invoke(getBudget, { as: partner, path: { customerId: customer.customerId } })).body;
const row = async () => (await invoke(listCustomers, { as: partner })).body.items[0];

it('CUS-098: a new association with the same partner begins at nothing, also in the month of the old one', async () => {
  await giveBudget(partner, customer, '100.00');
  expect(await budget()).toMatchObject({ standing: 'within', currentEstimate: '0.00000000' });
  await consume(customer, '74.99');
  await evaluateHour();
  expect(await alertsOf(partner, customer)).toEqual([]);
  expect(await row()).toMatchObject({ budgetUsage: '74.99000000', budgetUsagePercent: '74.99' });
  await consume(customer, '0.01');
  await evaluateHour();
  expect(await budget()).toMatchObject({ standing: 'warning-75', currentEstimate: '75.00000000' });
  expect(await alertsOf(partner, customer)).toEqual(['75 1 open']);
});

it('CUS-098: what was used under the old association counts nowhere, however late it is told', async () => {
  await giveBudget(partner, customer, '100.00', 'automatic');
  await consume(customer, '500.00', inUtc('2024-08-10T09:30:00'));
  await consume(customer, '1.00', inUtc('2024-08-10T13:30:00'));
  await evaluateHour();
  expect(await budget()).toMatchObject({ currentEstimate: '1.00000000', standing: 'within' });
  expect(await row()).toMatchObject({ freezeLevel: 'none', monthToDateExpenditure: '581.00000000' });
});

it('CUS-098, CUS-138: a purchase and a one-time budget are measured from the new association on', async () => {
  await setOneTime(partner, customer, '100.00', { unfreezeNow: true });
  await consume(customer, '40.00');
  const buy = (purchaseId: string, amount: string) =>
    anOperator().then((as) =>
      invoke(checkCustomerAction, {
        as,
        path: { customerId: customer.customerId },
        body: { action: 'buy', billingMode: 'yearly-monthly', purchase: { purchaseId, amount } },
      }),
    );
  expect((await buy('p-1', '60.01')).body).toMatchObject({ allowed: false });
  expect((await buy('p-2', '60.00')).body).toMatchObject({ allowed: true });
  clock.set('2024-09-03T10:00:00+08:00');
  await consume(customer, '20.00');
  expect(await budget()).toMatchObject({ totalExpenditure: '60.00000000' });
});

it('CUS-098: a forecast starts from what counts', async () => {
  await giveBudget(partner, customer, '100.00');
  await consume(customer, '2.00');
  const { body } = await invoke(getForecast, { as: partner, path: { customerId: customer.customerId } });
  expect(body).toMatchObject({ usage: '2.00000000' });
});
