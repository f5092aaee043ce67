import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/budgets/withdraw-budget.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import {
  alertsOf,
  at,
  authorize,
  consume,
  evaluateHour,
  eventsOf,
  giveBudget,
  giveStanding,
  readBudget,
  setOneTime,
  toldThresholds,
  withCode,
} from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  at('2024-08-20T11:30');
});

const withdraw = (as: Caller, expectedVersion: number, more: object = {}, { customerId } = customer) =>
  invoke(handler, { as, path: { customerId }, body: { expectedVersion }, ...more });

describe('withdraw-budget', () => {
  it('CUS-084: back to monthly 0.00 with the mode kept, alerts cleared, thresholds armed, the freeze left alone', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    await evaluateHour();
    expect(await withdraw(partner, 1)).toMatchObject({
      status: 200,
      body: { type: 'monthly', amount: '0.00', exhaustionMode: 'automatic', standing: 'unset', version: 2 },
    });
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account', budgetUsagePercent: null });
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 cleared']);
    expect((await eventsOf(customer, 'budget.changed')).at(-1)).toMatchObject({
      detail: { action: 'withdraw', type: 'monthly', amount: '0.00', budgetVersion: 2 },
    });
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([100]);

    await giveBudget(partner, customer, '110.00', 'automatic');
    clock.advance({ hours: 1 });
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([100, 90]); // CUS-108: armed again
  });

  it('CUS-084: nothing set is BUDGET_NOT_SET', async () => {
    expect(await withdraw(partner, 0)).toMatchObject({ status: 422, body: { code: 'BUDGET_NOT_SET' } });
  });

  it('CUS-066: VERSION_CONFLICT, NOT_RESELLER_MODEL, CUSTOMER_NOT_FOUND and PERMISSION_DENIED as for setting', async () => {
    await giveBudget(partner, customer, '100.00');
    expect(await withdraw(partner, 7)).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    const referral = await aCustomer({ of: partner, type: 'referral' });
    expect(await withdraw(partner, 0, {}, referral)).toMatchObject({ body: { code: 'NOT_RESELLER_MODEL' } });
    expect(await withdraw(await aPartner(), 1)).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await withdraw(finance, 1)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('CUS-004: a partner that is not active withdraws nothing', async () => {
    await giveBudget(partner, customer, '100.00');
    // ORG-173: said before a code is asked for
    await giveStanding(partner.partnerId, { status: 'frozen', verificationEnabled: true });
    expect(await withdraw(partner, 1)).toMatchObject({ status: 403, body: { code: 'PARTNER_INACTIVE' } });
  });

  it('CUS-017, CUS-018, CUS-087: the controller alone, and the quota gets it back', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    expect(await withdraw(reseller, 0, {}, resold)).toMatchObject({ body: { code: 'CONTROL_NOT_AUTHORIZED' } });
    await authorize(distributor, reseller.partnerId, '100.00');
    await giveBudget(reseller, resold, '100.00');
    expect(await withdraw(distributor, 1, {}, resold)).toMatchObject({ body: { code: 'CONTROL_DELEGATED' } });
    expect(await withdraw(reseller, 1, {}, resold)).toMatchObject({ status: 200 });
    await giveBudget(reseller, resold, '100.00');
  });

  it('CUS-005: the code is asked for under the key of the type withdrawn', async () => {
    await giveBudget(partner, customer, '100.00');
    const other = await aCustomer({ of: partner });
    await setOneTime(partner, other, '100.00');
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    expect((await withdraw(partner, 1)).body).toMatchObject({
      code: 'VERIFICATION_REQUIRED',
      operationKey: 'set-monthly-budget',
    });
    expect((await withdraw(partner, 1, {}, other)).body).toMatchObject({ operationKey: 'set-one-time-budget' });
    expect(await withCode(partner, (headers) => withdraw(partner, 1, { headers }))).toMatchObject({ status: 200 });
  });
});
