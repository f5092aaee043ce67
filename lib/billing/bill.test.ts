import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BILL_TYPES } from '#lib/expenditures/index.ts';
import { exactText, fixedText, type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { duesOf, inPaymentCurrency, issueBill, paymentDecimals, type Terms } from './bill.ts';
import { billIdOf, parseBillId } from './bill-id.ts';
import { debtOf } from './debt.ts';
import { amountsOf } from './line.ts';
import { taxOn } from './tax.ts';
import { addLine, join, NO_LINES, startTotals, type Totals, taxOf } from './totals.ts';

const money = parseMoney;
const VAT = [{ code: 'VAT', rate: money('0.07') }];
const RATE_ONE = money('1');
const terms: Terms = {
  taxRuleId: 'tax_1',
  taxComponents: VAT,
  discountVersion: 1,
  paymentCurrency: 'USD',
  partnerName: 'Acme',
  partnerAccountName: 'acme',
};
const facts = { partnerId: 'par_1', cycle: '2024-07' as BillingMonth, terms, exchangeRate: RATE_ONE };
const issuedAt = instant('2024-08-05T02:10:00+08:00');

type LineWish = readonly [billType: (typeof BILL_TYPES)[number], settlement: Money, couponsUsed: Money];
const totalsOf = (lines: readonly LineWish[], components = VAT): Totals => {
  const totals = startTotals();
  for (const [billType, settlement, coupons] of lines)
    addLine(totals, billType, settlement, amountsOf(settlement, components, coupons));
  return totals;
};

describe('tax', () => {
  it('FIN-36: each component is rounded to 8 decimals before adding', () => {
    const components = [
      { code: 'CGST', rate: money('0.09') },
      { code: 'SGST', rate: money('0.09') },
    ];
    const tax = taxOn(money('0.00000005'), components);
    expect(tax.byComponent).toEqual({ CGST: ZERO, SGST: ZERO }); // 0.0000000045 each; together they would round to 0.00000001
    expect(tax.total).toBe(ZERO);
    expect(taxOn(money('17.85743775'), VAT).total).toBe(money('1.25002064'));
    expect(taxOn(money('-260'), VAT).total).toBe(money('-18.20'));
  });

  it('FIN-36: an area without components has no tax', () => {
    expect(taxOn(money('100'), [])).toEqual({ total: ZERO, byComponent: {} });
  });
});

describe('line amounts', () => {
  it('FIN-35, FIN-57: 750 with a coupon of 100 is 650 before tax, not 675', () => {
    expect(amountsOf(money('750'), VAT, money('100'))).toMatchObject({
      taxExclusiveDue: money('650'),
      due: money('695.50'),
    });
  });

  it('FIN-37: amount due = tax-exclusive amount + tax', () => {
    expect(amountsOf(money('-300'), VAT, money('-40'))).toMatchObject({
      taxExclusiveDue: money('-260'),
      due: money('-278.20'),
    });
  });
});

describe('the total', () => {
  it('FIN-41: only the total is rounded: 7,192.0574925 is shown as 7,192.06', () => {
    const lines: LineWish[] = ['8083.8494925', '-853.8495', '-37.9425'].map((text, i) => [
      BILL_TYPES[i] ?? 'expenditure',
      money(text),
      ZERO,
    ]);
    const bill = issueBill({ ...facts, totals: totalsOf(lines, []) }, issuedAt);
    expect(exactText(bill.billAmountExact)).toBe('7192.0574925');
    expect(fixedText(bill.amountDue, 2)).toBe('7192.06');
  });

  it.each([
    ['0.004999', '0', '0'],
    ['0.005', '0.01', '0'],
    ['0', '0', '0'],
    ['-0.004', '0', '0'],
    ['-0.004999', '0', '0'],
    ['-0.005', '0', '0.01'],
    ['-30', '0', '30'],
  ])('FIN-44, FIN-45, FIN-46: %s is %s due and %s credit', (exact, due, credit) => {
    const bill = issueBill({ ...facts, totals: { ...NO_LINES, count: 1, adjustment: money(exact) } }, issuedAt);
    expect(exactText(bill.amountDue, 0)).toBe(due);
    expect(exactText(bill.credit, 0)).toBe(credit);
    expect(debtOf(bill).status).toBe(due === '0' ? 'no-payment-due' : 'unpaid');
    expect(bill.billAmountExact).toBe(money(exact)); // FIN-44: stays visible
  });

  it.each([
    ['0.1008', '7.7523', 'HKD', '0.78'],
    ['31.44', '7.7565', 'HKD', '243.86'],
    ['10.00', '912.3456', 'CLP', '9123'],
    ['0.0055', '900', 'CLP', '5'],
  ])('FIN-47: %s × %s in %s is %s, from the unrounded amount', (exact, rate, currency, expected) => {
    expect(exactText(inPaymentCurrency(money(exact), money(rate), currency), 0)).toBe(expected);
  });

  it('FIN-47: 0.10 USD are shown beside 0.78 HKD', () => {
    expect(duesOf(money('0.1008'), money('7.7523'), 'HKD')).toMatchObject({
      amountDue: money('0.10'),
      amountDuePayment: money('0.78'),
    });
  });

  it('FIN-46: what rounds to 0.00 is no debt in another currency either', () => {
    expect(duesOf(money('0.004'), money('900'), 'CLP')).toEqual({
      amountDue: ZERO,
      amountDuePayment: ZERO,
      credit: ZERO,
    });
    expect(duesOf(money('-0.004'), money('900'), 'CLP').credit).toBe(ZERO);
  });

  it('FIN-47: currencies have two decimals, or none without a minor unit', () => {
    expect(['USD', 'HKD', 'CLP', 'JPY', 'KWD'].map(paymentDecimals)).toEqual([2, 2, 0, 0, 2]);
  });

  it('FIN-20: a bill issued at noon is late and due from its real issue', () => {
    const bill = issueBill({ ...facts, totals: NO_LINES }, instant('2024-08-06T12:00:00+08:00'));
    expect(bill).toMatchObject({ late: true, cycle: '2024-07', dueAt: instant('2024-08-21T23:59:59+08:00') });
  });
});

describe('the header', () => {
  const settlement = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map((units) => (units * 10_000n) as Money);
  const line: fc.Arbitrary<LineWish> = fc.tuple(fc.constantFrom(...BILL_TYPES), settlement, settlement);
  const lines = fc.array(line, { maxLength: 30 });
  const components = [
    { code: 'CGST', rate: money('0.09') },
    { code: 'SGST', rate: money('0.025') },
  ];

  it('FIN-50: expenditures + refunds + adjustments − coupons + tax = exact amount = sum of the lines', () => {
    fc.assert(
      fc.property(lines, (wished) => {
        const totals = totalsOf(wished, components);
        const bill = issueBill({ ...facts, totals }, issuedAt);
        expect(bill.expenditures + bill.refunds + bill.adjustments - bill.couponsUsed + bill.tax).toBe(
          bill.billAmountExact,
        );
        expect(totals.due).toBe(bill.billAmountExact);
        expect(sum(Object.values(bill.taxByComponent))).toBe(bill.tax);
        expect(bill.lineCount).toBe(wished.length);
      }),
    );
  });

  it('FIN-166: neither the order of the lines nor how they are cut into parts matters', () => {
    fc.assert(
      fc.property(lines, fc.nat(30), (wished, at) => {
        const whole = totalsOf(wished, components);
        expect(totalsOf([...wished].reverse(), components)).toEqual(whole);
        const parts = join(totalsOf(wished.slice(at), components), totalsOf(wished.slice(0, at), components));
        expect(parts).toEqual(whole);
        expect(taxOf(parts)).toBe(taxOf(whole));
      }),
    );
  });
});

it('FIN-15: the id of a bill follows from partner and cycle', () => {
  expect(billIdOf('par_1', facts.cycle)).toBe('bill_2024-07_par_1');
  expect(parseBillId('bill_2024-07_par_1')).toEqual({ partnerId: 'par_1', cycle: '2024-07', revision: 1 });
  expect(billIdOf('par_1', facts.cycle, 2)).toBe('bill_2024-07_par_1_r2');
  expect(parseBillId('bill_2024-07_par_1_r2')).toEqual({ partnerId: 'par_1', cycle: '2024-07', revision: 2 });
  expect(parseBillId('bill_2024-13_par_1')).toBeUndefined();
  expect(parseBillId('bill_par_1')).toBeUndefined();
});
