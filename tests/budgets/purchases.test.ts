import { beforeEach, describe, expect, it } from 'vitest';
import { handler as checkCustomerAction } from '../../functions/budgets/check-customer-action.ts';
import { handler as lapsePurchases } from '../../functions/budgets/lapse-purchases.ts';
import { handler as releasePurchase } from '../../functions/budgets/release-purchase.ts';
import { handler as settlePurchase } from '../../functions/budgets/settle-purchase.ts';
import { handler as withdrawBudget } from '../../functions/budgets/withdraw-budget.ts';
import { handler as restrictPayPerUse } from '../../functions/customers/restrict-pay-per-use.ts';
import {
  type Answer,
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  anEarlierCustomer,
  at,
  consume,
  freeze,
  freezeWithResources,
  giveBudget,
  giveStanding,
  setMonthly,
  setOneTime,
  unfreeze,
} from './story.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-20T10:00');
  operator = await anOperator();
  partner = await aPartner();
  customer = await anEarlierCustomer(partner);
});

const YEARLY = { action: 'buy', billingMode: 'yearly-monthly' } as const;
const METERED = { action: 'buy', billingMode: 'pay-per-use' } as const;

const ask = (body: object, { as = operator, of = customer }: { as?: Caller; of?: TestCustomer } = {}) =>
  invoke(checkCustomerAction, { as, path: { customerId: of.customerId }, body });
const reserve = (purchaseId: string, amount: string, more: { as?: Caller; of?: TestCustomer } = {}) =>
  ask({ ...YEARLY, purchase: { purchaseId, amount } }, more);
const settle = (purchaseId: string, amount: string, recordId: string, as: Caller = operator) =>
  invoke(settlePurchase, { as, path: { customerId: customer.customerId, purchaseId }, body: { amount, recordId } });
const release = (purchaseId: string, as: Caller = operator) =>
  invoke(releasePurchase, { as, path: { customerId: customer.customerId, purchaseId } });
/** The record of a purchase arrives. */
const deliver = (recordId: string, listPrice: string) =>
  consume(customer, listPrice, clock.now(), {
    recordId,
    billingMode: 'yearly-monthly',
    orderType: 'new-purchase',
    transactionTime: clock.now(),
    spentFrom: undefined,
    spentTo: undefined,
  });
async function crashing(n: number, when: 'before' | 'after', work: () => Promise<unknown>): Promise<void> {
  using _crash = crashAtWrite(n, when);
  await work();
}
const said = ({ body }: Answer): string => (body.allowed ? 'yes' : body.denial);
const yes = { status: 200, body: { allowed: true } };
const exhausted = { status: 200, body: { allowed: false, denial: 'BUDGET_EXHAUSTED' } };

describe('reserving', () => {
  beforeEach(() => giveBudget(partner, customer, '100.00'));

  it('CUS-138: an amount is put aside with the yes; exactly what is left fits, a hundredth more does not', async () => {
    expect(await reserve('p-1', '60.00')).toMatchObject({
      status: 200,
      body: {
        allowed: true,
        denial: null,
        reservation: { purchaseId: 'p-1', amount: '60.00', status: 'reserved', until: '2024-08-20T02:30:00.000Z' },
      },
    });
    expect(await reserve('p-2', '40.01')).toMatchObject({ ...exhausted, body: { remaining: '40.00' } });
    expect(await reserve('p-3', '40.00')).toMatchObject(yes);
    expect(await reserve('p-4', '0.000000000001')).toMatchObject({ ...exhausted, body: { remaining: '0.00' } });
  });

  it('CUS-138: many at once get exactly what is left, each once', async () => {
    await consume(customer, '80.00');
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => reserve(`p-${i}`, '1.00')));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.filter(({ body }) => body.allowed)).toHaveLength(20);
    expect(await reserve('p-late', '0.01')).toMatchObject(exhausted);
  }, 120_000);

  it('CUS-096: the same purchase asked for again, also at once, is held once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => reserve('p-1', '60.00')));
    for (const answer of answers) expect(answer).toMatchObject(yes);
    expect(await reserve('p-2', '40.00')).toMatchObject(yes);
    expect(await reserve('p-1', '59.00')).toMatchObject({ status: 409, body: { code: 'PURCHASE_CONFLICT' } });
  });

  it('CUS-138: without an amount the standing before the order decides, and an order may go beyond', async () => {
    await consume(customer, '99.99');
    expect(await ask(YEARLY)).toMatchObject({ ...yes, body: { reservation: null } });
    await consume(customer, '0.01');
    expect(await ask(YEARLY)).toMatchObject(exhausted);
  });

  it('CUS-063, CUS-072: a smaller, a larger, a withdrawn budget and another type hold for the next purchase', async () => {
    await consume(customer, '30.00');
    expect(await reserve('p-1', '60.00')).toMatchObject(yes);
    await setMonthly(partner, customer, '80.00');
    expect(await reserve('p-2', '0.01')).toMatchObject(exhausted);
    await setMonthly(partner, customer, '95.00');
    expect(await reserve('p-3', '5.00')).toMatchObject(yes);
    await setOneTime(partner, customer, '100.00');
    expect(await reserve('p-4', '5.01')).toMatchObject(exhausted);
    const body = { expectedVersion: 4 };
    const path = { customerId: customer.customerId };
    expect(await invoke(withdrawBudget, { as: partner, path, body })).toMatchObject({ status: 200 });
    expect(await reserve('p-5', '5.00')).toMatchObject({ body: { denial: 'BUDGET_NOT_SET' } });
  });

  it('CUS-068: of a one-time budget the usage of every month counts', async () => {
    await setOneTime(partner, customer, '100.00');
    await consume(customer, '50.00');
    at('2024-09-02T10:00');
    await consume(customer, '30.00');
    expect(await reserve('p-1', '20.01')).toMatchObject(exhausted);
    expect(await reserve('p-2', '20.00')).toMatchObject(yes);
  });

  it('CUS-252: a new month begins with the whole budget, less what is still held', async () => {
    at('2024-08-31T23:50');
    await consume(customer, '70.00');
    expect(await reserve('p-1', '30.00')).toMatchObject(yes);
    at('2024-09-01T00:00');
    expect(await reserve('p-2', '70.01')).toMatchObject(exhausted);
    expect(await reserve('p-3', '70.00')).toMatchObject(yes);
  });

  it('CUS-138: usage that arrives while purchases are decided is never overlooked', async () => {
    const arriving = Array.from({ length: 10 }, () => consume(customer, '5.00'));
    const asking = Array.from({ length: 40 }, (_, i) => reserve(`p-${i}`, '2.00'));
    const [answers] = await Promise.all([Promise.all(asking), Promise.all(arriving)]);
    const held = 2 * answers.filter(({ body }) => body.allowed).length;
    // Usage comes unasked; each yes was within what was left when it was said.
    expect(held).toBeGreaterThanOrEqual(50);
    expect(held).toBeLessThanOrEqual(80);
    expect(await reserve('p-late', `${100.01 - 50 - held}`.slice(0, 5))).toMatchObject(exhausted);
  }, 60_000);
});

describe('the end of a reservation', () => {
  beforeEach(() => giveBudget(partner, customer, '100.00'));

  it('CUS-138: at 30 minutes it holds nothing, without any job; the sweep changes nothing', async () => {
    await reserve('p-1', '100.00');
    at('2024-08-20T10:29:59');
    expect(await reserve('p-2', '100.00')).toMatchObject(exhausted);
    await runSchedule(lapsePurchases, clock.now());
    at('2024-08-20T10:30:00');
    expect(await reserve('p-3', '100.00')).toMatchObject(yes);
    await runSchedule(lapsePurchases, clock.now());
    expect(await reserve('p-4', '0.01')).toMatchObject(exhausted);
    expect(await settle('p-1', '1.00', 'rec-1')).toMatchObject({ status: 409, body: { code: 'RESERVATION_LAPSED' } });
    expect(await reserve('p-1', '100.00')).toMatchObject({ status: 409, body: { code: 'PURCHASE_ENDED' } });
    expect(await release('p-1')).toMatchObject({ status: 200, body: { status: 'lapsed' } });
  });

  it('CUS-138: the sweep stores what has lapsed, twice the same', async () => {
    for (const id of ['p-1', 'p-2', 'p-3']) await reserve(id, '30.00');
    await release('p-3');
    at('2024-08-20T10:30');
    for (let i = 0; i < 2; i += 1) await runSchedule(lapsePurchases, clock.now());
    const ended = (await tracesOf(partner.partnerId, 'end-purchases')).flatMap(({ after }) => after as object[]);
    expect(ended).toEqual([
      { purchaseId: 'p-1', status: 'lapsed' },
      { purchaseId: 'p-2', status: 'lapsed' },
    ]);
    expect(await reserve('p-4', '100.00')).toMatchObject(yes);
  });

  it('CUS-138: released, it is free at once, once, and cannot be settled', async () => {
    await reserve('p-1', '100.00');
    const answers = await Promise.all([release('p-1'), release('p-1'), release('p-1')]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { status: 'released' } });
    expect(await reserve('p-2', '100.00')).toMatchObject(yes);
    expect(await reserve('p-3', '0.01')).toMatchObject(exhausted);
    expect(await settle('p-1', '1.00', 'rec-1')).toMatchObject({ status: 409, body: { code: 'PURCHASE_ENDED' } });
  });

  it('CUS-094, CUS-096: settled, it holds its price until its record is counted, and never both', async () => {
    await reserve('p-1', '60.00');
    expect(await settle('p-1', '50.00', 'rec-waited-for')).toMatchObject({ status: 200, body: { status: 'settled' } });
    expect(await reserve('p-2', '50.01')).toMatchObject(exhausted);
    at('2024-08-20T12:00'); // a settled one does not lapse
    expect(await reserve('p-3', '50.01')).toMatchObject(exhausted);
    await deliver('rec-waited-for', '50.00');
    expect(await reserve('p-4', '50.01')).toMatchObject(exhausted);
    expect(await reserve('p-5', '50.00')).toMatchObject(yes);
  });

  it('CUS-096: settled after its record was counted, it holds nothing', async () => {
    await reserve('p-1', '60.00');
    await deliver('rec-early', '60.00');
    expect(await settle('p-1', '60.00', 'rec-early')).toMatchObject({ body: { status: 'closed' } });
    expect(await reserve('p-2', '40.00')).toMatchObject(yes);
  });

  it('CUS-096: what another customer’s record carries is not this purchase', async () => {
    const other = await anEarlierCustomer(partner);
    await reserve('p-1', '60.00');
    await consume(other, '60.00', clock.now(), { recordId: 'rec-of-another' });
    expect(await settle('p-1', '60.00', 'rec-of-another')).toMatchObject({ body: { status: 'settled' } });
    expect(await reserve('p-2', '40.01')).toMatchObject(exhausted);
  });

  it('CUS-138: settling repeats without effect, differs with PURCHASE_SETTLED, and cannot exceed what was reserved', async () => {
    await reserve('p-1', '60.00');
    expect(await settle('p-1', '60.01', 'rec-1')).toMatchObject({ status: 422, body: { code: 'SETTLEMENT_TOO_HIGH' } });
    const answers = await Promise.all([settle('p-1', '50.00', 'rec-1'), settle('p-1', '50.00', 'rec-1')]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 200, body: { status: 'settled', settledAmount: '50.00' } });
    for (const answer of [await settle('p-1', '49.00', 'rec-1'), await settle('p-1', '50.00', 'rec-2')])
      expect(answer).toMatchObject({ status: 409, body: { code: 'PURCHASE_SETTLED' } });
    expect(await release('p-1')).toMatchObject({ status: 409, body: { code: 'PURCHASE_SETTLED' } });
    expect(await reserve('p-2', '50.00')).toMatchObject(yes);
  });

  it('CUS-102: a record that never comes holds nothing after 7 days', async () => {
    await reserve('p-1', '100.00');
    await settle('p-1', '100.00', 'rec-lost');
    at('2024-08-27T09:59:59');
    expect(await reserve('p-2', '0.01')).toMatchObject(exhausted);
    at('2024-08-27T10:00');
    expect(await reserve('p-3', '100.00')).toMatchObject(yes);
  });

  it.each(['before', 'after'] as const)('CUS-090: a crash %s any write leaves what is held right', async (when) => {
    for (let n = 1; n <= 4; n += 1) await crashing(n, when, () => reserve('p-1', '60.00'));
    expect(await reserve('p-1', '60.00')).toMatchObject(yes);
    expect(await reserve('p-2', '40.01')).toMatchObject(exhausted);
    await crashing(1, when, () => settle('p-1', '50.00', 'rec-1'));
    await settle('p-1', '50.00', 'rec-1');
    expect(await reserve('p-3', '50.01')).toMatchObject(exhausted);
    expect(await reserve('p-4', '50.00')).toMatchObject(yes);
  });
});

describe('what stands against it', () => {
  it('CUS-022, CUS-144: freezing, restricting and lifting are seen by the very next purchase', async () => {
    await giveBudget(partner, customer, '100.00');
    const path = { customerId: customer.customerId };
    const spoken = async () => [said(await reserve(`p-${Math.random()}`, '1.00')), said(await ask(METERED))];
    expect(await spoken()).toEqual(['yes', 'yes']);
    await invoke(restrictPayPerUse, { as: partner, body: { customerIds: [path.customerId], reason: 'arrears' } });
    expect(await spoken()).toEqual(['yes', 'PPU_RESTRICTED']); // CUS-140, CUS-170
    await freeze(partner, [customer]);
    expect(await spoken()).toEqual(['ACCOUNT_FROZEN', 'ACCOUNT_FROZEN']);
    await freezeWithResources(partner, [customer]);
    expect(await spoken()).toEqual(['RESOURCES_FROZEN', 'RESOURCES_FROZEN']);
  });

  it('CUS-138: no purchase is reserved after a freeze that came at the same time', async () => {
    await giveBudget(partner, customer, '1000.00');
    const asking = Array.from({ length: 30 }, (_, i) => reserve(`p-${i}`, '1.00'));
    const [answers] = await Promise.all([Promise.all(asking), freeze(partner, [customer])]);
    for (const answer of answers) expect(['yes', 'ACCOUNT_FROZEN']).toContain(said(answer));
    expect(said(await reserve('p-after', '1.00'))).toBe('ACCOUNT_FROZEN');
  }, 60_000);

  it('CUS-142: no purchase while the partner, or the reseller between, is frozen; a renaming stays allowed', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await anEarlierCustomer(reseller);
    await giveBudget(distributor, resold, '100.00');
    const saying = async () => said(await reserve(`p-${Math.random()}`, '1.00', { of: resold }));
    expect(await saying()).toBe('yes');
    for (const { partnerId } of [reseller, distributor]) {
      await giveStanding(partnerId, { status: 'frozen' });
      expect(await saying()).toBe('PARTNER_RESTRICTED');
      expect(said(await ask({ action: 'rename', billingMode: 'yearly-monthly' }, { of: resold }))).toBe('yes');
      await giveStanding(partnerId, { status: 'active' });
    }
    expect(await saying()).toBe('yes');
  });

  it('CUS-166: unfrozen without a budget the customer cannot buy; both are needed', async () => {
    await unfreeze(partner, [customer]);
    expect(said(await ask(METERED))).toBe('BUDGET_NOT_SET');
    await giveBudget(partner, customer, '100.00');
    expect(said(await ask(METERED))).toBe('yes');
  });

  it('CUS-015: a customer in the referral model, or without a partner, has no budget to keep to', async () => {
    for (const free of [await aCustomer({ of: partner, type: 'referral' }), await aCustomer()])
      expect(await reserve('p-1', '5.00', { of: free })).toMatchObject({ ...yes, body: { reservation: null } });
  });
});

describe('who and with what', () => {
  it('CUS-139: operators ask for everybody, a customer for itself alone, members not at all', async () => {
    await giveBudget(partner, customer, '100.00');
    expect(await reserve('p-1', '5.00', { as: customer })).toMatchObject(yes);
    const stranger = await aCustomer({ of: partner });
    const notFound = { status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } };
    expect(await ask(YEARLY, { as: stranger })).toMatchObject(notFound); // CUS-055
    expect(
      await invoke(checkCustomerAction, { as: operator, path: { customerId: 'cus_0' }, body: YEARLY }),
    ).toMatchObject(notFound);
    const denied = { status: 403, body: { code: 'PERMISSION_DENIED' } };
    expect(await ask(YEARLY, { as: await aMember({ of: partner }) })).toMatchObject(denied);
    for (const answer of [await settle('p-1', '5.00', 'rec-1', customer), await release('p-1', customer)])
      expect(answer).toMatchObject(denied);
  });

  it('CUS-124: what the table does not know, amounts where nothing is paid at once, and amounts that are none', async () => {
    await giveBudget(partner, customer, '100.00');
    expect(await ask({ action: 'renew', billingMode: 'pay-per-use' })).toMatchObject({
      status: 422,
      body: { code: 'ACTION_UNKNOWN' },
    });
    const purchase = { purchaseId: 'p-1', amount: '5.00' };
    for (const body of [
      { ...METERED, purchase },
      { action: 'delete', billingMode: 'yearly-monthly', purchase },
      { ...YEARLY, purchase: { ...purchase, amount: '0.00' } },
      { ...YEARLY, purchase: { ...purchase, amount: '-1.00' } },
    ])
      expect(await ask(body)).toMatchObject({ status: 422, body: { code: 'PURCHASE_AMOUNT_INVALID' } });
    expect(
      await ask({ action: 'sell', billingMode: 'x', purchase: { purchaseId: 'a b', amount: '1,0' } }),
    ).toMatchObject({
      status: 400,
      body: { errors: { length: 4 } },
    });
    expect(await settle('p-1', '-1.00', '')).toMatchObject({ status: 400, body: { errors: { length: 2 } } });
    for (const answer of [await settle('p-none', '1.00', 'rec-1'), await release('p-none')])
      expect(answer).toMatchObject({ status: 404, body: { code: 'PURCHASE_NOT_FOUND' } });
  });

  it('CUS-020: yes and no leave a trace with the partner, without which nobody could say why', async () => {
    await giveBudget(partner, customer, '10.00');
    await reserve('p-1', '10.00');
    await reserve('p-2', '10.00');
    const traces = await tracesOf(partner.partnerId, 'check-customer-action');
    expect(traces.map(({ outcome, code }) => code ?? outcome)).toEqual(['done', 'BUDGET_EXHAUSTED']);
  });
});
