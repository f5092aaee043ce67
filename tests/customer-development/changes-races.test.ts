import { beforeEach, describe, expect, it } from 'vitest';
import { closeBudgetWrites, evaluateCustomer } from '#lib/budgets/index.ts';
import { associateCustomer, loadCustomer } from '#lib/customers/index.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as getBudget } from '../../functions/budgets/get-budget.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as listRecords } from '../../functions/customer-development/list-association-records.ts';
import { handler as associate } from '../../functions/customers/associate-customer.ts';
import { handler as freeze } from '../../functions/customers/freeze-account.ts';
import {
  type Answer,
  anOperator,
  asSystem,
  clock,
  crashAtWrite,
  invoke,
  publishedEvents,
  useStack,
} from '../support/index.ts';
import {
  aLeavableCustomer,
  anEnabledPartner,
  answered,
  asked,
  askedByCustomer,
  typeAsked,
  withdrawn,
} from './changes.ts';

useStack();

beforeEach(() => void clock.advance({ days: 1 }));

const of = ({ customerId }: { customerId: string }) => ({ path: { customerId } });

async function aPair() {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner });
  clock.advance({ days: 1 });
  return { partner, customer };
}

async function aPendingRequest() {
  const pair = await aPair();
  const { recordId } = (await asked(pair.partner, pair.customer)).body;
  clock.advance({ hours: 1 });
  return { ...pair, recordId: recordId as string };
}

const outcomes = (answers: readonly Answer[]) => answers.map(({ status, body }) => body.code ?? status).sort();
const endingsOf = async (customerId: string) =>
  (await publishedEvents('customer.disassociated')).filter(({ detail }) => detail.customerId === customerId);

describe('two at once', () => {
  it('ORD-31: both sides ask, one request exists', async () => {
    const { partner, customer } = await aPair();
    const answers = await Promise.all([asked(partner, customer), askedByCustomer(customer), asked(partner, customer)]);
    expect(outcomes(answers)).toEqual([201, 'REQUEST_PENDING', 'REQUEST_PENDING']);
    const { body } = await invoke(listRecords, { as: partner });
    expect(body.items).toHaveLength(1);
  });

  it('ORD-31: an end and a change of type are asked for, one request exists', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const customer = await aLeavableCustomer({ of: partner });
    clock.advance({ days: 1 });
    const answers = await Promise.all([asked(partner, customer), typeAsked(partner, customer, 'referral')]);
    expect(outcomes(answers)).toEqual([201, 'REQUEST_PENDING']);
  });

  it('agreed twice, it ends once', async () => {
    const { customer, recordId } = await aPendingRequest();
    const answers = await Promise.all([1, 2, 3].map(() => answered(customer, recordId, 'agree')));
    expect(outcomes(answers)).toEqual([200, 'ALREADY_PROCESSED', 'ALREADY_PROCESSED']);
    expect(await endingsOf(customer.customerId)).toHaveLength(1);
  });

  it('agreed and withdrawn, one of the two holds', async () => {
    const { partner, customer, recordId } = await aPendingRequest();
    const [agreed, taken] = await Promise.all([answered(customer, recordId, 'agree'), withdrawn(partner, recordId)]);
    expect(outcomes([agreed, taken])).toEqual([200, 'ALREADY_PROCESSED']);
    const ended = (await loadCustomer(customer.customerId))?.association?.endedAt !== undefined;
    expect(ended).toBe(agreed.status === 200);
  });

  it('ORD-30: two requests of a referral customer’s partner, one end', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner, type: 'referral' });
    const answers = await Promise.all([asked(partner, customer), asked(partner, customer)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await endingsOf(customer.customerId)).toHaveLength(1);
  });

  it('ORD-26: frozen by hand while it is being asked for: the request sees it, or comes before', async () => {
    const { partner, customer } = await aPair();
    const body = { customerIds: [customer.customerId], reason: 'arrears' };
    const [request, frozen] = await Promise.all([asked(partner, customer), invoke(freeze, { as: partner, body })]);
    expect(frozen.status).toBe(200);
    expect([201, 'MANUALLY_FROZEN']).toContain(request.body.items?.[0].code ?? request.status);
  });
});

describe('association while disassociation is under review', () => {
  it('DEV-97: is refused until the end, and possible from it on', async () => {
    const { customer, recordId } = await aPendingRequest();
    const [next, operator] = [await anEnabledPartner(), await anOperator()];
    const joined = () => invoke(associate, { as: operator, ...of(customer), body: { partnerId: next.partnerId } });
    expect(await joined()).toMatchObject({ status: 409, body: { code: 'ALREADY_ASSOCIATED' } });
    await answered(customer, recordId, 'agree');
    clock.advance({ seconds: 1 });
    expect(await joined()).toMatchObject({
      status: 201,
      body: { association: { partnerId: next.partnerId }, freezeLevel: 'account', freezeCause: 'association-default' },
    });
  });

  it('ORD-24: associating again resets no cool-down', async () => {
    const { partner, customer, recordId } = await aPendingRequest();
    await answered(customer, recordId, 'agree');
    clock.advance({ days: 1 });
    await asSystem((now) =>
      associateCustomer(customer.customerId, { partnerId: partner.partnerId, type: 'reseller' }, now),
    );
    clock.advance({ days: 1 });
    expect((await asked(partner, customer)).body).toMatchObject({
      code: 'CHECK_FAILED',
      items: [{ code: 'PARTNER_COOLDOWN' }],
    });
  });
});

describe('the budget of an association that ends', () => {
  const budgetOf = async ({ partner, customer }: Awaited<ReturnType<typeof aPair>>) =>
    (await invoke(getBudget, { as: partner, ...of(customer) })).body;
  const set = ({ partner, customer }: Awaited<ReturnType<typeof aPair>>, amount: string, expectedVersion: number) =>
    invoke(setMonthlyBudget, { as: partner, ...of(customer), body: { amount, expectedVersion } });

  it.each([
    ['never set before', undefined],
    ['set before', '100.00'],
  ])('set while the association ends (%s): it holds before the end or not at all', async (_name, before) => {
    const pair = await aPair();
    if (before) await set(pair, before, 0);
    const { recordId } = (await asked(pair.partner, pair.customer)).body;
    const [agreed, changed] = await Promise.all([
      answered(pair.customer, recordId, 'agree'),
      set(pair, '200.00', before ? 1 : 0),
    ]);
    expect(agreed.status).toBe(200);
    // found and set, gone, or found as the end left it: then its version is another
    expect([200, 404, 409]).toContain(changed.status);

    clock.advance({ days: 1 });
    const { partnerId } = pair.partner;
    await asSystem((now) => associateCustomer(pair.customer.customerId, { partnerId, type: 'reseller' }, now));
    expect(await budgetOf(pair)).toMatchObject({ amount: '0.00', type: 'monthly', exhaustionMode: 'manual' }); // ORD-46
  });

  it('a setting that was decided before the end does not come after it, also where nothing was set', async () => {
    const pair = await aPair();
    const { recordId } = (await asked(pair.partner, pair.customer)).body;
    const customer = await loadCustomer(pair.customer.customerId);
    if (!customer) throw new Error('no customer');
    const stale = await asSystem((now) => closeBudgetWrites(customer, now));
    await answered(pair.customer, recordId, 'agree');
    await expect(asSystem(() => transact({ writes: stale }))).rejects.toThrow('condition failed');
  });

  it('an evaluation that comes late finds nothing to evaluate', async () => {
    const pair = await aPair();
    await set(pair, '100.00', 0);
    const { recordId } = (await asked(pair.partner, pair.customer)).body;
    await answered(pair.customer, recordId, 'agree');
    const { partnerId } = pair.partner;
    await asSystem((now) => evaluateCustomer(partnerId, pair.customer.customerId, now));
    expect(await publishedEvents('budget.alert-raised')).toEqual([]);
  });
});

describe('a crash', () => {
  it.each(['before', 'after'] as const)('%s the one write of an agreement leaves all or nothing', async (when) => {
    const { customer, recordId } = await aPendingRequest();
    {
      using crash = crashAtWrite(1, when);
      expect((await answered(customer, recordId, 'agree')).status).toBe(500);
      expect(crash.struck).toBe(true);
    }
    const again = await answered(customer, recordId, 'agree');
    expect(again.body.code ?? again.status).toBe(when === 'before' ? 200 : 'ALREADY_PROCESSED');
    expect((await loadCustomer(customer.customerId))?.association?.endedAt).toBeDefined();
    expect(await endingsOf(customer.customerId)).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('%s the one write of a request leaves all or nothing', async (when) => {
    const { partner, customer } = await aPair();
    {
      using _crash = crashAtWrite(1, when);
      expect((await asked(partner, customer)).status).toBe(500);
    }
    const again = await asked(partner, customer);
    expect(again.body.code ?? again.status).toBe(when === 'before' ? 201 : 'REQUEST_PENDING');
    expect((await invoke(listRecords, { as: partner })).body.items).toHaveLength(1);
  });
});
