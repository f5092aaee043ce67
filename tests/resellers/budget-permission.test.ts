import { beforeEach, describe, expect, it } from 'vitest';
import { handler as withdrawBudget } from '../../functions/budgets/withdraw-budget.ts';
import { handler as getPermission } from '../../functions/resellers/get-reseller-permission.ts';
import {
  authorize,
  freeze,
  freezeWithResources,
  readBudget,
  setMonthly,
  setOneTime,
  unfreeze,
  unfreezeWithResources,
  withdrawAuthorization,
} from '../budgets/story.ts';
import {
  type Answer,
  aCustomer,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aDistributor } from './world.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let customer: TestCustomer;
beforeEach(async () => {
  clock.set('2024-08-01T10:00:00+08:00');
  distributor = await aDistributor();
  reseller = await aPartner({ of: distributor });
  customer = await aCustomer({ of: reseller });
});

const withdraw = async (as: Caller): Promise<Answer> =>
  invoke(withdrawBudget, {
    as,
    path: { customerId: customer.customerId },
    body: { expectedVersion: (await readBudget(as, customer)).version },
  });

/** Everything that comes with control over a customer, in an order in which each step has something to do. */
const CONTROL: readonly [string, (as: Caller) => Promise<Answer>][] = [
  ['set a monthly budget', (as) => setMonthly(as, customer, '10.00')],
  ['unfreeze the account', (as) => unfreeze(as, [customer])],
  ['freeze the account', (as) => freeze(as, [customer])],
  ['freeze account and resources', (as) => freezeWithResources(as, [customer])],
  ['unfreeze account and resources', (as) => unfreezeWithResources(as, [customer])],
  ['set a one-time budget', (as) => setOneTime(as, customer, '10.00')],
  ['withdraw the budget', withdraw],
];
/** A batch answers per customer. */
const outcomeOf = ({ status, body }: Answer): string => body.results?.[0]?.code ?? body.code ?? `${status}`;
const outcomesOf = async (as: Caller) => {
  const outcomes: string[] = [];
  for (const [, act] of CONTROL) outcomes.push(outcomeOf(await act(as)));
  return outcomes;
};
const refusedAs = (code: string) => CONTROL.map(() => code);
const done = CONTROL.map(() => '200');

describe('who controls the customers of a reseller', () => {
  it('DEV-100, DEV-127: without the grant the distributor alone; the reseller gets CONTROL_NOT_AUTHORIZED', async () => {
    expect(await outcomesOf(reseller)).toEqual(refusedAs('CONTROL_NOT_AUTHORIZED'));
    expect(await outcomesOf(distributor)).toEqual(done);
  });

  it('DEV-100, DEV-125, DEV-126: with it the reseller alone; the distributor gets CONTROL_DELEGATED', async () => {
    await authorize(distributor, reseller.partnerId, '10.00', '10.00');
    expect(await outcomesOf(distributor)).toEqual(refusedAs('CONTROL_DELEGATED'));
    expect(await outcomesOf(reseller)).toEqual(done);
  });

  it("DEV-100: the distributor's own customers, and another reseller's, are not touched by a grant", async () => {
    await authorize(distributor, reseller.partnerId, '10.00', '10.00');
    customer = await aCustomer({ of: distributor });
    expect(await outcomesOf(distributor)).toEqual(done);
    const other = await aPartner({ of: distributor });
    customer = await aCustomer({ of: other });
    expect(outcomeOf(await freeze(other, [customer]))).toBe('CONTROL_NOT_AUTHORIZED');
    expect(await outcomesOf(distributor)).toEqual(done);
  });

  it('DEV-131: withdrawn, the reseller has lost both at once, what it set and froze stays, the distributor takes over', async () => {
    await authorize(distributor, reseller.partnerId, '10.00', '10.00');
    await setMonthly(reseller, customer, '10.00');
    await freezeWithResources(reseller, [customer]);
    const before = await readBudget(reseller, customer);
    expect(await withdrawAuthorization(distributor, reseller.partnerId)).toMatchObject({ status: 200 });
    const after = await readBudget(distributor, customer);
    expect(after).toMatchObject({ amount: '10.00', freezeLevel: 'account-and-resources' });
    expect(after.version).toBe(before.version);
    expect(await outcomesOf(reseller)).toEqual(refusedAs('CONTROL_NOT_AUTHORIZED'));
    expect(outcomeOf(await unfreezeWithResources(distributor, [customer]))).toBe('200');
    expect(outcomeOf(await setMonthly(distributor, customer, '500.00'))).toBe('200');
  });
});

describe('the quotas', () => {
  const quotas = async (as: Caller) =>
    (await invoke(getPermission, { as, path: { resellerId: reseller.partnerId } })).body;

  it('DEV-128: the monthly quota serves every month anew; total is allocated and available together', async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    await setMonthly(reseller, customer, '60.00');
    const august = { total: '100.00', allocated: '60.00', available: '40.00' };
    expect((await quotas(reseller)).monthly).toMatchObject(august);
    clock.set('2024-09-01T00:00:00+08:00');
    expect((await quotas(reseller)).monthly).toMatchObject(august);
    const second = await aCustomer({ of: reseller });
    expect(outcomeOf(await setMonthly(reseller, second, '40.01'))).toBe('QUOTA_EXCEEDED');
    expect(outcomeOf(await setMonthly(reseller, second, '40.00'))).toBe('200');
  });

  it('DEV-129: what is in force at granting counts, also above the quota, and blocks only an increase', async () => {
    await setMonthly(distributor, customer, '80.00');
    await authorize(distributor, reseller.partnerId, '50.00');
    expect((await quotas(reseller)).monthly).toMatchObject({ allocated: '80.00', available: '0.00' });
    expect(outcomeOf(await setMonthly(reseller, customer, '80.01'))).toBe('QUOTA_EXCEEDED');
    expect(outcomeOf(await setMonthly(reseller, customer, '50.00'))).toBe('200');
  });
});

it('DEV-130, DEV-06: withdrawing needs a code though the verification function is off, and both sides are told', async () => {
  await authorize(distributor, reseller.partnerId, '10.00'); // no code was asked for
  await withdrawAuthorization(distributor, reseller.partnerId); // one was
  await drain();
  for (const { partner } of [distributor, reseller]) {
    const subjects = (await sentMails())
      .filter(({ to }) => to.includes(partner.contact.email ?? ''))
      .map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual(
      ['granted', 'withdrawn'].map((what) => `Budget and freezing rights of ${reseller.partner.companyName}: ${what}`),
    );
  }
});
