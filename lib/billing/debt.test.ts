import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Money, parseMoney, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import {
  allocate,
  allocated,
  clearByCertificate,
  debtOf,
  dropCertificate,
  expectCertificate,
  type IssuedBill,
  isFullyPaid,
  isOverdue,
  pay,
  payable,
  writeOff,
} from './debt.ts';

const money = parseMoney;
const now = instant('2024-08-05T02:10:00+08:00');
const owed = (amount: string) => debtOf({ amountDuePayment: money(amount) });
const bill = (cycle: string, debt = owed('100.00')) =>
  ({ billId: `bill_${cycle}`, cycle: cycle as BillingMonth, debt }) as IssuedBill;

describe('the debt of a bill', () => {
  it('FIN-86: a part makes it partially paid, the rest paid', () => {
    const part = pay(owed('100.00'), money('99.99'), now);
    expect(part).toMatchObject({ status: 'partially-paid', paidAmount: money('99.99'), outstanding: money('0.01') });
    expect(pay(part, money('0.01'), now)).toMatchObject({ status: 'paid', outstanding: ZERO, paidAt: now });
  });

  it.each(['0', '-1.00', '100.01'])('FIN-167: %s cannot be paid on 100.00', (amount) => {
    expect(() => pay(owed('100.00'), money(amount), now)).toThrow(RangeError);
  });

  it('FIN-70: written off is what remains of it, without touching what was paid', () => {
    const part = writeOff(owed('100.00'), money('40.00'));
    expect(part).toMatchObject({ status: 'unpaid', writtenOffAmount: money('40.00'), outstanding: money('60.00') });
    expect(writeOff(part, money('60.00'))).toMatchObject({
      status: 'written-off',
      outstanding: ZERO,
      paidAmount: ZERO,
    });
    expect(pay(part, money('60.00'), now)).toMatchObject({ status: 'paid', paidAmount: money('60.00') });
  });

  it('FIN-92: paid and nothing to pay count as fully paid, written off does not', () => {
    expect(isFullyPaid(bill('2024-07', pay(owed('1.00'), money('1.00'), now)))).toBe(true);
    expect(isFullyPaid(bill('2024-07', owed('0')))).toBe(true);
    expect(isFullyPaid(bill('2024-07'))).toBe(false);
    expect(isFullyPaid(bill('2024-07', writeOff(owed('1.00'), money('1.00'))))).toBe(false);
  });

  it('FIN-125, FIN-126: under review a certificate is neither payable nor overdue; rejected it is both again', () => {
    const cash = pay(owed('100.00'), money('90.00'), now);
    const review = expectCertificate(cash, money('10.00'));
    const late = instant('2024-09-21T00:00:00+08:00');
    const of = (debt: typeof cash) => ({ ...bill('2024-08', debt), dueAt: instant('2024-09-20T23:59:59+08:00') });
    expect([payable(review), isFullyPaid(of(review)), isOverdue(of(review), late)]).toEqual([ZERO, true, false]);
    expect(clearByCertificate(review, money('10.00'), now)).toMatchObject({
      status: 'paid',
      whtAmount: money('10.00'),
    });
    const rejected = dropCertificate(review, money('10.00'));
    expect([payable(rejected), isFullyPaid(of(rejected)), isOverdue(of(rejected), late)]).toEqual([
      money('10.00'),
      false,
      true,
    ]);
  });
});

describe('allocation', () => {
  it('FIN-119, FIN-120: money pays 90.00 of a bill of 100.00 with 10.00 to be withheld; the rest is for a certificate', () => {
    const withholding = { ...bill('2024-06'), withheld: money('10.00') };
    expect(allocate([withholding, bill('2024-07')], money('95.00'))).toMatchObject([
      { cycle: '2024-06', amount: money('90.00') },
      { cycle: '2024-07', amount: money('5.00') },
    ]);
    const paid = { ...withholding, debt: pay(withholding.debt, money('90.00'), now) };
    expect(allocate([paid], money('10.00'))).toEqual([]);
    const uploaded = { ...withholding, debt: expectCertificate(withholding.debt, money('10.00')) };
    expect(allocated(allocate([uploaded], money('100.00')))).toBe(money('90.00'));
    const cleared = { ...withholding, debt: clearByCertificate(uploaded.debt, money('10.00'), now) };
    expect(allocated(allocate([cleared], money('100.00')))).toBe(money('90.00'));
  });

  it('FIN-76: the oldest cycle first, whatever order they come in; an excess is left over', () => {
    const bills = [bill('2024-07', owed('10444.73')), bill('2024-06', owed('900.00'))];
    expect(allocate(bills, money('1000.00'))).toEqual([
      { billId: 'bill_2024-06', cycle: '2024-06', amount: money('900.00') },
      { billId: 'bill_2024-07', cycle: '2024-07', amount: money('100.00') },
    ]);
    expect(allocated(allocate(bills, money('20000.00')))).toBe(money('11344.73'));
    expect(allocate(bills, ZERO)).toEqual([]);
  });

  it('FIN-71, FIN-76: never more than is there, never more than is owed, and no bill before an older one is done', () => {
    const cents = fc.bigInt({ min: 0n, max: 100_000n }).map((n) => (n * 10n ** 10n) as Money);
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 12 }), cents, (debts, amount) => {
        const bills = debts.map((debt, i) =>
          bill(`2024-${String(i + 1).padStart(2, '0')}`, debtOf({ amountDuePayment: debt })),
        );
        const parts = allocate(bills, amount);
        const owedInAll = sum(debts);
        expect([amount, owedInAll]).toContain(allocated(parts));
        expect(allocated(parts) <= amount && allocated(parts) <= owedInAll).toBe(true);
        for (const [i, { debt }] of bills.entries()) {
          const part = parts.find(({ billId }) => billId === bills[i]?.billId)?.amount ?? ZERO;
          const later = parts.some(({ cycle }) => cycle > (bills[i]?.cycle ?? ''));
          expect(part <= debt.outstanding && (!later || part === debt.outstanding)).toBe(true);
          if (part > 0n) expect(add(pay(debt, part, now).outstanding, part)).toBe(debt.outstanding);
        }
        expect(subtract(amount, allocated(parts)) >= 0n).toBe(true);
      }),
    );
  });
});
