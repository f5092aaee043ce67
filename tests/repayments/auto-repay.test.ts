import { beforeEach, describe, expect, it } from 'vitest';
import { cashOf, loadAccount } from '#lib/ledger/index.ts';
import { applyBalance, autoRepay } from '#lib/repayments/debts/auto-repay.ts';
import { isCycleFullyPaid, listRepayments, topUpFromIncentive } from '#lib/repayments/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as getAmountDue } from '../../functions/repayments/get-amount-due.ts';
import { handler as listRepaymentsOf } from '../../functions/repayments/list-repayments.ts';
import { handler as listUnpaidBills } from '../../functions/repayments/list-unpaid-bills.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aDebtor, billOf, booksOutBy, credit, owe } from './owing.ts';

useStack();
beforeEach(() => void clock.set('2024-08-05T02:30:00+08:00'));

const usd = parseMoney;
const june = { cycle: '2024-06', amount: '900.00', issuedAt: '2024-07-05T02:30:00+08:00' };
const july = { cycle: '2024-07', amount: '10444.73' };
const cash = async ({ partnerId }: TestPartner, currency = 'USD') => cashOf(await loadAccount(partnerId), currency);
const repaymentsOf = async ({ partnerId }: TestPartner) =>
  (await listRepayments(partnerId, { limit: 100 })).repayments.filter(({ method }) => method === 'balance');
const eventsOf = async (name: string, { partnerId }: TestPartner) =>
  (await publishedEvents(name)).filter(({ detail }) => detail.partnerId === partnerId).map(({ detail }) => detail);

async function issuedTo(partner: TestPartner) {
  const events = await publishedEvents('bill.issued');
  const issued = events.find(({ detail }) => detail.partnerId === partner.partnerId);
  if (!issued) throw new Error('the bill was not announced');
  return { ...issued, occurredAt: clock.now() };
}

describe('auto-repay', () => {
  it('FIN-85, FIN-86, FIN-176: an issued bill takes the whole balance; what is missing stays open', async () => {
    const partner = await aPartner();
    await credit(partner, '300.00');
    const billId = await owe(partner, { cycle: '2024-07', amount: '598.35' });
    await drain();
    expect((await billOf(partner, '2024-07')).debt).toMatchObject({
      status: 'partially-paid',
      paidAmount: usd('300'),
      outstanding: usd('298.35'),
    });
    expect(await cash(partner)).toBe(ZERO);
    expect(await eventsOf('repayment.succeeded', partner)).toMatchObject([
      { method: 'balance', amount: '300.00', allocations: [{ billId, amount: '300.00' }] },
    ]);
    expect(await eventsOf('bill.paid', partner)).toEqual([]);
    expect(await eventsOf('bill.balance-applied', partner)).toMatchObject([{ billId, outstanding: '298.35' }]); // FIN-88
    expect(Object.values(await booksOutBy()).every((sum) => sum === ZERO)).toBe(true);
  });

  it('FIN-76, FIN-87: money that comes later pays what is open, oldest cycle first, at once', async () => {
    const partner = await aDebtor([june, july]);
    await drain();
    await credit(partner, '1000.00');
    await drain();
    expect((await billOf(partner, '2024-06')).debt.status).toBe('paid');
    expect((await billOf(partner, '2024-07')).debt).toMatchObject({ outstanding: usd('10344.73') });
    expect(await eventsOf('bill.paid', partner)).toMatchObject([{ cycle: '2024-06', paidAmount: '900.00' }]);
  });

  it('FIN-76: what is over stays in the account, for the next bill', async () => {
    const partner = await aDebtor([june]);
    await credit(partner, '1000.00');
    await drain();
    expect(await cash(partner)).toBe(usd('100'));
    await owe(partner, { cycle: '2024-07', amount: '100.00' });
    await drain();
    expect((await billOf(partner, '2024-07')).debt.status).toBe('paid');
    expect(await cash(partner)).toBe(ZERO);
  });

  it('FIN-48: a bill in HKD is paid from the balance in HKD, not from the one in USD', async () => {
    const partner = await aDebtor([{ ...july, amount: '100.00', currency: 'HKD', rate: '7.75' }]);
    await credit(partner, '900.00');
    await drain();
    expect((await billOf(partner, '2024-07')).debt.outstanding).toBe(usd('775'));
    await credit(partner, '775.00', 'HKD');
    await drain();
    expect((await billOf(partner, '2024-07')).debt.status).toBe('paid');
    expect([await cash(partner), await cash(partner, 'HKD')]).toEqual([usd('900'), ZERO]);
  });

  it('FIN-88: a covered bill leaves nothing to charge, and is told of once however often the event comes', async () => {
    const partner = await aPartner();
    await credit(partner, '50.00');
    await owe(partner, { cycle: '2024-07', amount: '20.00' });
    await drain();
    const issued = await issuedTo(partner);
    await asSystem((now) => autoRepay(issued, now));
    await drain();
    expect(await eventsOf('bill.balance-applied', partner)).toMatchObject([{ outstanding: '0.00' }]);
  });

  it('FIN-92: a cycle is fully paid with its bill; never issued it is not', async () => {
    const partner = await aDebtor([june]);
    const paid = (cycle: string) => isCycleFullyPaid(partner.partnerId, cycle as BillingMonth);
    expect([await paid('2024-06'), await paid('2024-07')]).toEqual([false, false]);
    await credit(partner, '900.00');
    await drain();
    expect(await paid('2024-06')).toBe(true);
  });
});

describe('two at once', () => {
  it('FIN-167: two repayments at once for the last 10.00: one of them pays, the books agree', async () => {
    const partner = await aDebtor([{ ...june, amount: '10.00' }]);
    await credit(partner, '10.00');
    const apply = () => asSystem((now) => applyBalance(partner.partnerId, 'USD', now));
    await Promise.all([apply(), apply()]);
    await drain();
    expect(await repaymentsOf(partner)).toHaveLength(1);
    expect((await billOf(partner, '2024-06')).debt).toMatchObject({ status: 'paid', paidAmount: usd('10') });
    expect(await cash(partner)).toBe(ZERO);
  });

  it('FIN-167: 200 parallel tries to take the same balance never bring it below zero', async () => {
    const partner = await aDebtor([june, july]);
    await credit(partner, '1234.56');
    const apply = () => asSystem((now) => applyBalance(partner.partnerId, 'USD', now));
    const tries = await Promise.allSettled(Array.from({ length: 200 }, apply));
    expect(tries.some(({ status }) => status === 'fulfilled')).toBe(true);
    await drain();
    expect(await repaymentsOf(partner)).toHaveLength(1);
    expect(await cash(partner)).toBe(ZERO);
    expect((await billOf(partner, '2024-07')).debt.outstanding).toBe(usd('10110.17'));
    expect(Object.values(await booksOutBy()).every((sum) => sum === ZERO)).toBe(true);
  }, 120_000);

  it('FIN-87: money and a bill that come at the same time find each other, whichever is worked off first', async () => {
    const partner = await aPartner();
    await Promise.all([credit(partner, '70.00'), owe(partner, { cycle: '2024-07', amount: '70.00' })]);
    await drain();
    expect((await billOf(partner, '2024-07')).debt.status).toBe('paid');
  });

  it.each(['before', 'after'] as const)(
    'FIN-165: a crash %s any write is made good by the next delivery',
    async (when) => {
      let struck = true;
      for (let n = 1; struck; n += 1) {
        const partner = await aDebtor([{ ...june, amount: '60.00' }]);
        await credit(partner, '100.00');
        const issued = await issuedTo(partner);
        {
          using crash = crashAtWrite(n, when);
          await asSystem((now) => autoRepay(issued, now)).catch(() => {}); // the queue delivers it again
          struck = crash.struck;
        }
        await asSystem((now) => autoRepay(issued, now));
        await drain();
        expect((await billOf(partner, '2024-06')).debt).toMatchObject({ status: 'paid', paidAmount: usd('60') });
        expect(await cash(partner)).toBe(usd('40'));
        expect(await repaymentsOf(partner)).toHaveLength(1);
        expect(await eventsOf('bill.paid', partner)).toHaveLength(1);
        expect(await eventsOf('bill.balance-applied', partner)).toHaveLength(1);
      }
      expect(await deadLetters('auto-repayments')).toEqual([]);
    },
  );

  it('FIN-87: the same incentive payout tops up once', async () => {
    const partner = await aPartner();
    const wish = { partnerId: partner.partnerId, currency: 'USD', amount: usd('25'), reference: 'incentive-2024-06' };
    const pay = () => asSystem((now) => topUpFromIncentive(wish, now));
    const both = await Promise.all([pay(), pay()]);
    expect(new Set(both.map(({ repaymentId }) => repaymentId)).size).toBe(1);
    expect(await cash(partner)).toBe(usd('25'));
  });
});

describe('what a partner sees', () => {
  it('FIN-143, FIN-173, FIN-174: amount due with its parts, and the balance beside it', async () => {
    const partner = await aDebtor([june, july]);
    clock.set('2024-08-10T10:00:00+08:00');
    const { body } = await invoke(getAmountDue, { as: partner });
    expect(body).toEqual({
      latestCycle: '2024-07',
      amounts: [
        {
          currency: 'USD',
          total: '11344.73',
          latestCycle: '10444.73',
          previousCycles: '900.00',
          overdue: '900.00',
          balance: '0.00',
        },
      ],
    });
  });

  it('FIN-143: nothing was ever issued: zeros in the payment currency', async () => {
    const partner = await aPartner({ paymentCurrency: 'HKD' });
    expect((await invoke(getAmountDue, { as: partner })).body).toMatchObject({
      latestCycle: null,
      amounts: [{ currency: 'HKD', total: '0.00', overdue: '0.00' }],
    });
  });

  it('FIN-76, FIN-162: unpaid bills, oldest first, with due date and what is overdue', async () => {
    const partner = await aDebtor([june, july]);
    await credit(partner, '1000.00');
    await drain();
    const late = await aDebtor([june, july]);
    clock.set('2024-08-10T10:00:00+08:00');
    expect((await invoke(listUnpaidBills, { as: partner })).body.items).toMatchObject([
      { cycle: '2024-07', status: 'partially-paid', amountDue: '10444.73', paid: '100.00', outstanding: '10344.73' },
    ]);
    expect((await invoke(listUnpaidBills, { as: late })).body.items).toMatchObject([
      { cycle: '2024-06', dueAt: '2024-07-20T15:59:59.000Z', overdue: true },
      { cycle: '2024-07', dueAt: '2024-08-20T15:59:59.000Z', overdue: false },
    ]);
  });

  it('FIN-75, FIN-87: repayments, the newest first, page by page', async () => {
    const partner = await aDebtor([june]);
    await credit(partner, '100.00');
    await drain();
    clock.advance({ hours: 1 });
    await credit(partner, '200.00');
    await drain();
    const list = async (query = {}) => (await invoke(listRepaymentsOf, { as: partner, query })).body;
    const { items } = await list();
    expect(items.slice(0, 2).map(({ amount }: { amount: string }) => amount)).toEqual(['200.00', '200.00']);
    expect(items.filter(({ method }: { method: string }) => method === 'balance')).toMatchObject([
      { amount: '200.00', allocations: [{ amount: '200.00' }], transactionNos: ['AC-000000004-0'] },
      { amount: '100.00', status: 'succeeded', transactionNos: ['AC-000000002-0'] },
    ]);
    const first = await list({ limit: 1 });
    expect((await list({ limit: 100, cursor: first.nextCursor })).items).toHaveLength(3);
    expect((await list({ cursor: 'made.up' })).code).toBe('CURSOR_INVALID');
  });

  it('FIN-01: an operator names the partner, a member sees its own, a reseller has none', async () => {
    const partner = await aDebtor([june]);
    const [operator, stranger] = [await anOperator(), await aPartner()];
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const specialist = await aMember({ of: partner, roles: ['finance-specialist'] });
    for (const handler of [getAmountDue, listUnpaidBills, listRepaymentsOf]) {
      const query = { partnerId: partner.partnerId };
      expect((await invoke(handler, { as: operator, query })).status).toBe(200);
      expect((await invoke(handler, { as: operator })).body.code).toBe('INPUT_INVALID');
      expect((await invoke(handler, { as: specialist })).status).toBe(200);
      expect((await invoke(handler, { as: stranger, query })).body.code).toBe('PARTNER_NOT_FOUND');
      expect((await invoke(handler, { as: reseller })).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
      expect((await invoke(handler, { as: director })).body.code).toBe('PERMISSION_DENIED');
    }
  });
});
