import { beforeEach, describe, expect, it } from 'vitest';
import { unsetBudget } from '#lib/budgets/budget.ts';
import { replaceBudget } from '#lib/budgets/budget-store.ts';
import { evaluateCustomer, evaluatePage } from '#lib/budgets/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as evaluateBudgets } from '../../functions/budgets/evaluate-budgets.ts';
import {
  aCustomer,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  drain,
  failNth,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  throttle,
  useStack,
  waitingMessages,
} from '../support/index.ts';
import {
  alertsOf,
  anEarlierCustomer,
  at,
  consume,
  evaluateHour,
  eventsOf,
  freeze,
  freezeWithResources,
  giveBudget,
  inUtc,
  readBudget,
  setMonthly,
  setOneTime,
  toldThresholds,
  unfreeze,
} from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  at('2024-08-20T10:30');
});

const evaluate = (of = customer) => asSystem((now) => evaluateCustomer(partner.partnerId, of.customerId, now));
const page = () => asSystem((now) => evaluatePage({ partnerId: partner.partnerId }, now));
/** A fault that never strikes counts the writes it sees. */
const countWrites = () => failNth(Number.POSITIVE_INFINITY, 'before');
const ALL = ['75 1 open', '90 1 open', '100 1 open'];

/** Nothing is there twice: alerts, messages, the freeze. */
async function expectFrozenOnce(): Promise<void> {
  expect(await alertsOf(partner, customer)).toEqual(ALL);
  expect(await toldThresholds(customer)).toEqual([100]);
  const frozen = await eventsOf(customer, 'customer.frozen');
  expect(frozen.filter(({ detail }) => detail.cause === 'budget-exhaustion')).toHaveLength(1);
  expect(await readBudget(partner, customer)).toMatchObject({
    freezeLevel: 'account',
    freezeCause: 'budget-exhaustion',
  });
}

describe('the hourly run', () => {
  it('CUS-104, CUS-113: one message per tier-1 partner, none for resellers', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    await runSchedule(evaluateBudgets, inUtc('2024-08-20T11:00:00'));
    const messages = (await waitingMessages('budget-evaluations')) as { partnerId: string }[];
    const partners = messages.map(({ partnerId }) => partnerId);
    expect(partners).toContain(partner.partnerId);
    expect(partners).toContain(distributor.partnerId);
    expect(partners).not.toContain(reseller.partnerId);
    expect(new Set(partners).size).toBe(partners.length);
    await drain();
  });

  it('CUS-113: the same hour again changes nothing', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    for (let i = 0; i < 3; i += 1) await evaluateHour();
    await expectFrozenOnce();
    using writes = countWrites();
    await page();
    expect(writes.writes).toBe(0);
  });

  it('CUS-104: touches only customers whose state changes', async () => {
    const quiet = await anEarlierCustomer(partner);
    const unset = await anEarlierCustomer(partner);
    for (const each of [customer, quiet]) await giveBudget(partner, each, '100.00');
    await consume(quiet, '74.99');
    await consume(unset, '1000');
    await consume(customer, '80');
    using writes = countWrites();
    await page();
    expect(writes.writes).toBe(1);
    expect(await alertsOf(partner, quiet)).toEqual([]);
    expect(await alertsOf(partner, unset)).toEqual([]);
  });

  it('CUS-104: counts a one-time budget over its months', async () => {
    await giveBudget(partner, customer, '1000.00');
    await setOneTime(partner, customer, '100.00');
    await consume(customer, '40');
    at('2024-10-05T10:00');
    await consume(customer, '36');
    await page();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 open']);
  });

  it('CUS-113: one failing customer does not stop the rest and is tried again by itself', async () => {
    const customers = [customer, await anEarlierCustomer(partner), await anEarlierCustomer(partner)];
    for (const each of customers) {
      await giveBudget(partner, each, '100.00');
      await consume(each, '80');
    }
    {
      using fault = failNth(2, 'before', 'TransactWriteItems');
      await page();
      expect(fault.struck).toBe(true);
    }
    const alerted = await Promise.all(customers.map(async (each) => (await alertsOf(partner, each)).length));
    expect(alerted.sort()).toEqual([0, 1, 1]);
    await drain();
    for (const each of customers) expect(await alertsOf(partner, each)).toEqual(['75 1 open']);
  });

  it('CUS-113: a big partner is cut: a page names the next one, which goes on behind it', async () => {
    await giveBudget(partner, customer, '100.00');
    await consume(customer, '80');
    const filler = unsetBudget(partner.partnerId, 'cus_', '2024-08' as BillingMonth);
    const names = Array.from({ length: 500 }, (_, i) => `cus_0${String(i).padStart(5, '0')}`); // sort before real ids
    for (let start = 0; start < names.length; start += 100) {
      const writes = names.slice(start, start + 100).map((customerId) => {
        const before = { ...filler, customerId };
        return replaceBudget(before, { ...before, version: 1, amount: parseMoney('5.00') });
      });
      await asSystem(() => transact({ writes }));
    }
    await page();
    expect(await alertsOf(partner, customer)).toEqual([]);
    expect(await waitingMessages('budget-evaluations')).toEqual([
      { partnerId: partner.partnerId, after: names.at(-1) },
    ]);
    await drain();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 open']);
  });

  it('CUS-111, CUS-113: two hours late it does what is due by then, once', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    at('2024-08-20T13:05');
    await runSchedule(evaluateBudgets, inUtc('2024-08-20T11:00:00'));
    await runSchedule(evaluateBudgets, inUtc('2024-08-20T12:00:00'));
    await drain();
    await expectFrozenOnce();
  });

  it('CUS-252: two hours late over midnight of the 1st it judges the new month', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100', at('2024-08-31T22:50'));
    at('2024-09-01T01:00');
    await runSchedule(evaluateBudgets, inUtc('2024-08-31T23:00:00'));
    await drain();
    expect(await alertsOf(partner, customer)).toEqual([]);
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'none', standing: 'within' });
  });
});

describe('a crash', () => {
  it.each([
    ['before', 1],
    ['after', 1],
  ] as const)(
    'CUS-105, CUS-113: %s write %i of an evaluation, delivered again: one alert per threshold, one freeze',
    async (when, n) => {
      await giveBudget(partner, customer, '100.00', 'automatic');
      await consume(customer, '100');
      {
        using fault = crashAtWrite(n, when);
        await expect(evaluate()).rejects.toThrow();
        expect(fault.struck).toBe(true);
      }
      await evaluate();
      await evaluate();
      await expectFrozenOnce();
    },
  );

  it('CUS-105: an evaluation is one write, so nothing lies between', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    using writes = countWrites();
    await evaluate();
    expect(writes.writes).toBe(1);
  });

  it('CUS-113: at each write of the hourly run, delivered again: the same end', async () => {
    for (const n of [1, 2, 3, 4]) {
      const other = await anEarlierCustomer(partner);
      await giveBudget(partner, other, '100.00', 'automatic');
      await consume(other, '100');
      {
        using _fault = crashAtWrite(n, n % 2 ? 'before' : 'after');
        await runSchedule(evaluateBudgets, clock.now()).catch(() => undefined);
        await drain();
      }
      await runSchedule(evaluateBudgets, clock.now());
      await drain();
      expect(await alertsOf(partner, other)).toEqual(ALL);
      expect(await toldThresholds(other)).toEqual([100]);
      expect(await eventsOf(other, 'customer.frozen')).toHaveLength(1);
    }
  });

  it('CUS-113: a throttled table delays and loses nothing', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    {
      using _throttled = throttle(2);
      await evaluate();
    }
    await expectFrozenOnce();
  });
});

describe('at the same instant', () => {
  it('CUS-105: many evaluations raise each alert once', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    await Promise.all(Array.from({ length: 10 }, () => evaluate()));
    await expectFrozenOnce();
  });

  it('CUS-111: evaluation and unfreezing: whichever comes first, the customer is free until the full hour and frozen then', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    expect((await freeze(partner, [customer])).body.results[0].status).toBe('done');
    await consume(customer, '100');
    const [, answer] = await Promise.all([evaluate(), unfreeze(partner, [customer])]);
    expect(answer.body.results).toMatchObject([{ status: 'done', freezeLevel: 'none' }]);
    await evaluate();
    expect((await readBudget(partner, customer)).freezeLevel).toBe('none');
    at('2024-08-20T11:00');
    await evaluate();
    await expectFrozenOnce();
  });

  it('CUS-111: usage that is used up between the unfreezing and its commit does not slip through', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    for (let round = 0; round < 5; round += 1) {
      await freeze(partner, [customer]);
      await Promise.all([unfreeze(partner, [customer]), consume(customer, '20').then(() => evaluate())]);
      clock.advance({ hours: 1 });
      await evaluate();
      const { standing, freezeLevel } = await readBudget(partner, customer);
      expect(freezeLevel).toBe(standing === 'exhausted' ? 'account' : 'none');
    }
    expect((await readBudget(partner, customer)).standing).toBe('exhausted');
  });

  it('CUS-023: evaluation and a freeze by hand end frozen by hand', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await consume(customer, '100');
    const [, answer] = await Promise.all([evaluate(), freeze(partner, [customer])]);
    expect(answer.body.results).toMatchObject([{ status: 'done' }]);
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account', freezeCause: 'manual' });
  });
});

describe('modes and levels', () => {
  it('CUS-114: changed from manual to automatic, an exhausted budget freezes at the next run', async () => {
    await giveBudget(partner, customer, '100.00', 'manual');
    await consume(customer, '130');
    await evaluate();
    expect((await readBudget(partner, customer)).freezeLevel).toBe('none');
    await setMonthly(partner, customer, '100.00', { exhaustionMode: 'automatic' });
    await evaluate();
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'budget-exhaustion',
    });
    expect(await toldThresholds(customer)).toEqual([100]);
  });

  it('CUS-112: a resource-frozen customer gets its alerts and stays as it is', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    await freezeWithResources(partner, [customer]);
    await consume(customer, '100');
    await evaluate();
    expect(await alertsOf(partner, customer)).toEqual(ALL);
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account-and-resources',
      freezeCause: 'manual',
    });
    expect(await eventsOf(customer, 'budget.alert-raised')).toMatchObject([
      { detail: { restriction: 'resources-frozen', frozenNow: false } },
    ]);
  });

  it('CUS-063: a lower amount is judged at the next evaluation', async () => {
    await giveBudget(partner, customer, '200.00');
    await consume(customer, '95');
    await evaluate();
    expect(await setMonthly(partner, customer, '100.00')).toMatchObject({ body: { standing: 'warning-90' } });
    expect(await alertsOf(partner, customer)).toEqual([]);
    await evaluate();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 open', '90 1 open']);
  });

  it('CUS-039: the alert of 100 percent of a raised budget ends with the unfreezing or with a take-over', async () => {
    const end = async (how: typeof unfreeze) => {
      const other = await anEarlierCustomer(partner);
      await giveBudget(partner, other, '100.00', 'automatic');
      await consume(other, '100');
      await evaluate(other);
      await setMonthly(partner, other, '500.00');
      expect(await alertsOf(partner, other)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 open']);
      expect((await how(partner, [other])).body.results[0].status).toBe('done');
      expect(await alertsOf(partner, other)).toEqual(['75 1 cleared', '90 1 cleared', '100 1 cleared']);
    };
    await end(unfreeze);
    await end(freeze);
  });

  it('CUS-098: a customer that has gone to nobody is left alone', async () => {
    await asSystem((now) => evaluateCustomer('par_nobody', customer.customerId, now));
    expect(await alertsOf(partner, customer)).toEqual([]);
  });
});
