import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allocated, type IssuedBill } from '#lib/billing/index.ts';
import { type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { payBills } from './pay-bills.ts';

const now = instant('2024-08-06T10:00:00+08:00');
const repayment = { repaymentId: 'rep_1', partnerId: 'par_1', currency: 'USD' };

function bill(cycle: string, outstanding: Money, currency = 'USD'): IssuedBill {
  const debt = {
    status: 'unpaid',
    paidAmount: ZERO,
    writtenOffAmount: ZERO,
    whtAmount: ZERO,
    whtPending: ZERO,
    outstanding,
    invoiceNos: [],
    version: 1,
  };
  const named = { billId: `bill_${cycle}`, partnerId: 'par_1', cycle: cycle as BillingMonth };
  return { ...named, paymentCurrency: currency, debt } as unknown as IssuedBill;
}
const usd = parseMoney;

it('FIN-76, FIN-86: the oldest cycle first, the last one in part; one posting takes all of it from the account', () => {
  const bills = [bill('2024-07', usd('10444.73')), bill('2024-06', usd('900'))];
  const { allocations, postings, events, writes } = payBills(repayment, bills, usd('1000'), now);
  expect(allocations).toEqual([
    { billId: 'bill_2024-06', cycle: '2024-06', amount: usd('900') },
    { billId: 'bill_2024-07', cycle: '2024-07', amount: usd('100') },
  ]);
  expect(postings).toMatchObject([
    {
      postingId: 'rep_1:allocated',
      legs: [
        { account: 'cash', amount: usd('1000') },
        { account: 'receivable', amount: usd('-1000') },
      ],
      statement: { type: 'Expenditure (repayment)' },
    },
  ]);
  expect(events.map(({ detail }) => detail)).toMatchObject([{ billId: 'bill_2024-06', paidAmount: '900.00' }]);
  expect(writes).toHaveLength(2);
});

it('FIN-76: nothing due, or nothing to pay with, is no posting', () => {
  const nothing = { allocations: [], postings: [], events: [], writes: [] };
  expect(payBills(repayment, [], usd('5'), now)).toEqual(nothing);
  expect(payBills(repayment, [bill('2024-06', usd('900'))], ZERO, now)).toEqual(nothing);
});

it('FIN-48: a bill in another currency is not paid from this one', () => {
  expect(payBills(repayment, [bill('2024-06', usd('900'), 'HKD')], usd('5'), now).allocations).toEqual([]);
});

it('FIN-76: a debt of many years is paid in steps that one transaction can hold, the oldest first', () => {
  const bills = Array.from({ length: 30 }, (_, i) => bill(`20${String(10 + i)}-01`, usd('1')));
  const { allocations } = payBills(repayment, bills, usd('100'), now);
  expect(allocations).toHaveLength(20);
  expect(allocations.at(-1)?.cycle).toBe('2029-01');
});

it('FIN-76: never more than the amount, than a bill or than all bills; a later bill only when the one before it is paid', () => {
  const cents = fc.bigInt({ min: 1n, max: 10_000_000n }).map((n) => (n * 10n ** 10n) as Money);
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 12 }), cents, (debts, amount) => {
      const bills = debts.map((outstanding, i) => bill(`2023-${String(i + 1).padStart(2, '0')}`, outstanding));
      const { allocations } = payBills(repayment, bills, amount, now);
      const owed = sum(debts);
      const most = [amount, owed].sort((a, b) => (a < b ? -1 : 1))[0];
      expect(allocated(allocations)).toBe(most);
      allocations.forEach((part, i) => {
        if (i < allocations.length - 1) expect(part.amount).toBe(debts[i]);
      });
    }),
  );
});
