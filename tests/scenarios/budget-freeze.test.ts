import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as batchSetBudgets } from '../../functions/budgets/batch-set-budgets.ts';
import { handler as restoreMonthlyBudgets } from '../../functions/budgets/restore-monthly-budgets.ts';
import { handler as restrictPayPerUse } from '../../functions/customers/restrict-pay-per-use.ts';
import {
  alertsOf,
  at,
  authorize,
  consume,
  evaluateHour,
  eventsOf,
  freeze,
  freezeWithResources,
  giveBudget,
  giveStanding,
  inUtc,
  readBudget,
  setMonthly,
  setOneTime,
  unfreeze,
  withdrawAuthorization,
} from '../budgets/story.ts';
import {
  aCustomer,
  aPartner,
  clock,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
});

/** Case 6: monthly 100.00 automatic, usage 100.00, frozen by the run of 11:00. */
async function exhausted(day: string): Promise<void> {
  await giveBudget(partner, customer, '100.00', 'automatic');
  at(`${day}T10:40`);
  await consume(customer, '100.00');
  at(`${day}T11:00`);
  await evaluateHour();
}
const level = async () => (await readBudget(partner, customer)).freezeLevel;

async function turnMonth(first: string): Promise<void> {
  at(`${first}T00:00`);
  await runSchedule(restoreMonthlyBudgets, clock.now());
  await drain();
}

describe('acceptance examples of chapter 5, freezing', () => {
  it('CUS-025, CUS-109, example 6: usage 100.00 of 100.00 automatic freezes the account', async () => {
    await exhausted('2024-08-10');
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'budget-exhaustion',
      standing: 'exhausted',
    });
    expect(await eventsOf(customer, 'customer.frozen')).toMatchObject([
      { detail: { level: 'account', cause: 'budget-exhaustion', actor: 'system', partnerId: partner.partnerId } },
    ]);
    expect(await eventsOf(customer, 'budget.alert-raised')).toMatchObject([
      { detail: { threshold: 100, frozenNow: true, restriction: 'account-frozen' } },
    ]);
  });

  it('CUS-170, example 8: pay-per-use is restricted without a freeze, in manual mode', async () => {
    await giveBudget(partner, customer, '100.00', 'manual');
    await consume(customer, '120', at('2024-08-10T10:00'));
    await evaluateHour();
    const body = { customerIds: [customer.customerId], reason: 'used up' };
    expect(await invoke(restrictPayPerUse, { as: partner, body })).toMatchObject({
      status: 200,
      body: { results: [{ status: 'done', payPerUseRestricted: true, freezeLevel: 'none' }] },
    });
    expect(await readBudget(partner, customer)).toMatchObject({ payPerUseRestricted: true, freezeLevel: 'none' });
  });

  it('CUS-028, CUS-111, CUS-164, example 9: unfrozen at 11:20, still free at 11:40, frozen again at 12:00', async () => {
    await exhausted('2024-08-10');
    at('2024-08-10T11:20');
    expect((await unfreeze(partner, [customer])).body.results).toMatchObject([
      { status: 'done', freezeLevel: 'none', notes: ['WILL_FREEZE_AGAIN', 'PARTNER_OWES_PURCHASES'] },
    ]);
    at('2024-08-10T11:40');
    await consume(customer, '1'); // an evaluation in between
    await drain();
    await evaluateHour();
    expect(await level()).toBe('none');
    at('2024-08-10T12:00');
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'budget-exhaustion',
    });
    expect(await alertsOf(partner, customer)).toHaveLength(3); // freezing again alerts nobody again
  });

  it('CUS-060, CUS-039, CUS-168, example 10: 200.00 leaves it frozen; with unfreezeNow it is free and all alerts are cleared', async () => {
    await exhausted('2024-08-10');
    await setMonthly(partner, customer, '200.00');
    expect(await level()).toBe('account');
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 open']);
    const answer = await setMonthly(partner, customer, '200.00', { unfreezeNow: true });
    expect(answer).toMatchObject({ status: 200, body: { freezeLevel: 'none', freezeCause: null, warnings: [] } });
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 cleared']);
    expect(await eventsOf(customer, 'customer.unfrozen')).toMatchObject([
      { detail: { cause: 'set-budget' } }, // the first setting, at the beginning of the story
      { detail: { cause: 'set-budget', levelBefore: 'account' } },
    ]);
  });

  it('CUS-029, CUS-059, CUS-257, example 12: on 1 September usage is 0 and the account is unfrozen', async () => {
    await exhausted('2024-08-28');
    await turnMonth('2024-09-01');
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'none',
      freezeCause: null,
      currentEstimate: '0.00000000',
      standing: 'within',
    });
    expect((await eventsOf(customer, 'customer.unfrozen')).at(-1)).toMatchObject({
      detail: { cause: 'budget-restored', levelBefore: 'account', actor: 'system' },
    });
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 cleared']);
  });

  it('CUS-023, CUS-029, example 12: had the partner frozen it by hand, it stays frozen', async () => {
    await exhausted('2024-08-28');
    at('2024-08-29T09:00');
    expect((await freeze(partner, [customer])).body.results).toMatchObject([{ status: 'done', freezeCause: 'manual' }]);
    await turnMonth('2024-09-01');
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account', freezeCause: 'manual' });
  });

  it('CUS-068, CUS-071, CUS-074, CUS-271, example 13: a one-time budget counts the whole month of its choice and is not restored', async () => {
    await giveBudget(partner, customer, '1000.00');
    await consume(customer, '30', at('2024-08-15T10:00'));
    at('2024-08-20T10:00');
    expect(await setOneTime(partner, customer, '100.00')).toMatchObject({
      status: 200,
      body: { totalExpenditure: '30.00000000', currentEstimate: null, typeSince: '2024-08' },
    });
    await consume(customer, '40', at('2024-08-31T20:00'));
    expect(await readBudget(partner, customer)).toMatchObject({ totalExpenditure: '70.00000000' });
    await turnMonth('2024-09-01');
    await consume(customer, '25', at('2024-09-03T10:00'));
    expect(await readBudget(partner, customer)).toMatchObject({
      totalExpenditure: '95.00000000',
      budgetUsagePercent: '95.00',
      standing: 'warning-90',
    });
  });

  it('CUS-069, CUS-072, CUS-073, example 14: from one-time to monthly the estimate is the month to date at once', async () => {
    at('2024-08-01T08:30');
    await giveBudget(partner, customer, '1000.00');
    await setOneTime(partner, customer, '1000.00');
    await consume(customer, '440', at('2024-08-15T10:00'));
    await consume(customer, '60', at('2024-10-10T10:00'));
    expect((await readBudget(partner, customer)).totalExpenditure).toBe('500.00000000');
    expect(await setMonthly(partner, customer, '100.00')).toMatchObject({
      body: { currentEstimate: '60.00000000', totalExpenditure: null, type: 'monthly', typeSince: '2024-10' },
    });
    // Back to one-time: the earlier months, though counted before, never count again.
    expect(await setOneTime(partner, customer, '1000.00')).toMatchObject({ body: { totalExpenditure: '60.00000000' } });
  });

  it('CUS-163, example 24: unfreezing the account of a resource-frozen customer is a mismatch', async () => {
    expect((await freezeWithResources(partner, [customer])).body.results).toMatchObject([{ status: 'done' }]);
    expect((await unfreeze(partner, [customer])).body.results).toMatchObject([
      { status: 'refused', code: 'FREEZE_LEVEL_MISMATCH' },
    ]);
    expect(await level()).toBe('account-and-resources');
  });

  it('CUS-145, example 21: 257 characters or none are refused, 256 pass', async () => {
    await giveBudget(partner, customer, '100.00');
    for (const reason of ['x'.repeat(257), '']) {
      expect(await freeze(partner, [customer], { reason })).toMatchObject({
        status: 422,
        body: { code: 'REASON_INVALID' },
      });
    }
    expect(await level()).toBe('none');
    expect((await freeze(partner, [customer], { reason: 'x'.repeat(256) })).body.results[0].status).toBe('done');
  });

  it('CUS-005, example 20: with the verification function on, a batch of ten without a code freezes none', async () => {
    const customers = [];
    for (let i = 0; i < 10; i += 1) customers.push(await aCustomer({ of: partner }));
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    expect(await freeze(partner, customers)).toMatchObject({ status: 403, body: { code: 'VERIFICATION_REQUIRED' } });
    for (const each of customers) expect((await readBudget(partner, each)).freezeCause).toBe('association-default');
  });
});

describe('acceptance examples of chapter 5, resellers', () => {
  let distributor: TestPartner;
  let reseller: TestPartner;
  let customers: TestCustomer[];

  beforeEach(async () => {
    distributor = await aPartner({ type: 'distributor' });
    reseller = await aPartner({ of: distributor });
    customers = [];
    for (let i = 0; i < 3; i += 1) customers.push(await aCustomer({ of: reseller }));
  });
  const nth = (i: number): TestCustomer => {
    const found = customers[i];
    if (!found) throw new RangeError(`customer ${i}`);
    return found;
  };

  it('CUS-064, CUS-081, CUS-085, example 17: 60 and 30 of 100 leave 10: 20 is refused, and a batch of two at 6 sets nothing', async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    await setMonthly(reseller, nth(0), '60.00');
    await setMonthly(reseller, nth(1), '30.00');
    expect(await setMonthly(reseller, nth(2), '20.00')).toMatchObject({
      status: 422,
      body: { code: 'QUOTA_EXCEEDED', total: '100.00', allocated: '90.00', available: '10.00' },
    });
    const fourth = await aCustomer({ of: reseller });
    const customerIds = [nth(2).customerId, fourth.customerId];
    const body = { customerIds, type: 'monthly', amount: '6.00' };
    expect(await invoke(batchSetBudgets, { as: reseller, body })).toMatchObject({
      status: 422,
      body: { code: 'QUOTA_EXCEEDED', available: '10.00' },
    });
    expect((await readBudget(reseller, nth(2))).amount).toBe('0.00');
    expect((await readBudget(reseller, fourth)).amount).toBe('0.00');
  });

  it('CUS-018, CUS-019, example 18: delegated while authorized; withdrawn, the budget of 60 is unchanged', async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    await setMonthly(reseller, nth(0), '60.00', { unfreezeNow: true });
    expect((await freeze(distributor, [nth(0)])).body.results).toMatchObject([{ code: 'CONTROL_DELEGATED' }]);
    expect(await withdrawAuthorization(distributor, reseller.partnerId)).toMatchObject({
      status: 200,
      body: { authorized: false },
    });
    expect((await freeze(distributor, [nth(0)])).body.results).toMatchObject([
      { status: 'done', freezeLevel: 'account', freezeCause: 'manual' },
    ]);
    expect(await readBudget(distributor, nth(0))).toMatchObject({ amount: '60.00' });
  });

  it('CUS-017, example 19: an unauthorized reseller sets no budget', async () => {
    expect(await setMonthly(reseller, nth(0), '10.00')).toMatchObject({
      status: 403,
      body: { code: 'CONTROL_NOT_AUTHORIZED' },
    });
    expect((await freeze(reseller, [nth(0)])).body.results).toMatchObject([{ code: 'CONTROL_NOT_AUTHORIZED' }]);
    expect((await readBudget(reseller, nth(0))).amount).toBe('0.00');
  });
});

describe('beyond the budget', () => {
  it('CUS-284: what is consumed beyond the budget, also while the account is frozen, goes on counting', async () => {
    await exhausted('2024-08-10');
    at('2024-08-12T10:00');
    await consume(customer, '250');
    expect(await readBudget(partner, customer)).toMatchObject({
      ...{ freezeLevel: 'account', currentEstimate: '350.00000000', budgetUsagePercent: '350.00' },
    });
  });
});

describe('the turn of the month', () => {
  it('CUS-252, CUS-266: an evaluation that comes before the restore finds usage 0 and freezes nobody wrongly', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '150', at('2024-08-31T23:30')); // counted, but not evaluated in August any more
    at('2024-09-01T00:00');
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'none', standing: 'within' });
    expect(await alertsOf(partner, customer)).toEqual([]);
  });

  it('CUS-257: a restore three days late or twice gives the same end', async () => {
    await exhausted('2024-08-28');
    at('2024-09-03T17:20');
    await runSchedule(restoreMonthlyBudgets, inUtc('2024-09-01T00:00:00'));
    await runSchedule(restoreMonthlyBudgets, inUtc('2024-09-01T00:00:00'));
    await drain();
    await evaluateHour();
    expect(await level()).toBe('none');
    const restored = (await eventsOf(customer, 'customer.unfrozen')).filter(
      ({ detail }) => detail.cause === 'budget-restored',
    );
    expect(restored).toHaveLength(1);
  });

  it('CUS-028, CUS-030, CUS-274: resources frozen again by exhaustion are unfrozen with the month', async () => {
    await exhausted('2024-08-28');
    await freezeWithResources(partner, [customer]);
    at('2024-08-28T12:10');
    await setMonthly(partner, customer, '100.00', { unfreezeNow: true });
    at('2024-08-28T13:00');
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account-and-resources',
      freezeCause: 'budget-exhaustion',
      retentionUntil: inUtc('2024-09-12T13:00:00'),
    });
    await turnMonth('2024-09-01');
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'none', retentionUntil: null });
  });

  it('CUS-023, CUS-029: a freeze by hand at the same instant as the restore ends frozen by hand', async () => {
    await exhausted('2024-08-28');
    at('2024-09-01T00:00');
    await runSchedule(restoreMonthlyBudgets, clock.now());
    const [answer] = await Promise.all([freeze(partner, [customer]), drain()]);
    expect(answer.body.results).toMatchObject([{ status: 'done' }]);
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account', freezeCause: 'manual' });
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account', freezeCause: 'manual' });
  });

  it('CUS-067, CUS-272: a one-time budget alerts at the same thresholds and stays exhausted and frozen', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await setOneTime(partner, customer, '100.00');
    await consume(customer, '100', at('2024-08-20T10:00'));
    await evaluateHour();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 open', '90 1 open', '100 1 open']);
    await turnMonth('2024-09-01');
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'budget-exhaustion',
      standing: 'exhausted',
      totalExpenditure: '100.00000000',
    });
  });

  it('CUS-276: a deployment that keeps freezes clears the alerts and leaves the freeze', async () => {
    await exhausted('2024-08-28');
    vi.stubEnv('LIFT_FREEZES_AT_MONTH_RESTORE', 'off');
    await turnMonth('2024-09-01');
    vi.unstubAllEnvs();
    expect(await readBudget(partner, customer)).toMatchObject({
      ...{ freezeLevel: 'account', freezeCause: 'budget-exhaustion', standing: 'within' },
    });
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 cleared']);
  });

  it('CUS-172: a restriction of pay-per-use outlives restore and unfreezing', async () => {
    await exhausted('2024-08-28');
    const body = { customerIds: [customer.customerId], reason: 'until paid' };
    await invoke(restrictPayPerUse, { as: partner, body });
    await turnMonth('2024-09-01');
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'none', payPerUseRestricted: true });
  });
});
