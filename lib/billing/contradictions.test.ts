import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { summaryView } from '#lib/expenditures/index.ts';
import { exactText, fixedText, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { aDiscount, percentage } from '../../tests/billing/discounts.ts';
import { indexDiscounts } from './basis.ts';
import { productsView } from './breakdown/breakdown-view.ts';
import { COLUMNS } from './columns.ts';
import { isLate } from './cycle.ts';
import { toDiscountView } from './discount-view.ts';
import { amountsOf, toLine } from './line.ts';
import { settle, settlementTypeOf } from './settlement.ts';

const quarter = indexDiscounts([aDiscount({ items: [percentage('0.25')] })], 1);
const settled = (listPrice: string) =>
  settle(aCharge({ listPrice }), { discounts: quarter, regime: 'exact-lines', originals: new Map() });

describe('where the source says two things', () => {
  it('FIN-168: the deadline of a bill is noon on the 5th, not midnight before or after it', () => {
    const july = '2024-07' as BillingMonth;
    expect(isLate(july, instant('2024-08-05T11:59:59+08:00'))).toBe(false);
    expect(isLate(july, instant('2024-08-05T12:00:00+08:00'))).toBe(true);
  });

  it('FIN-169: 1000 at 25 % with coupons of 100 is 650 before tax and 660 with a tax of 10', () => {
    const { amount } = settled('1000');
    const amounts = amountsOf(amount, [{ code: 'VAT', rate: parseMoney('0.015384615385') }], parseMoney('100'));
    expect([amount, amounts.taxExclusiveDue, amounts.tax.total, amounts.due].map((each) => exactText(each))).toEqual([
      '750.00',
      '650.00',
      '10.00',
      '660.00',
    ]);
  });

  it('FIN-170: 30.30 at 25 % is 22.725, of a common product', () => {
    const { amount, basis } = settled('30.30');
    expect(exactText(amount)).toBe('22.725');
    expect(settlementTypeOf(aCharge(), basis)).toBe('Common product');
  });

  it('FIN-171: files keep the titles, the API calls settlement and list amount by one name each, everywhere', () => {
    const fieldOf = (title: string) => COLUMNS.find((column) => column.title === title)?.field;
    expect([fieldOf('Payment (USD)'), fieldOf('Customer Expenditure (USD)')]).toEqual([
      'settlementAmount',
      'expenditure',
    ]);
    expect(Object.keys(productsView.shape.items.element.shape)).toEqual(
      expect.arrayContaining(['settlementAmount', 'expenditure']),
    );
  });

  it('FIN-181: a customer-level discount always says of which customer it is', () => {
    const now = instant('2024-07-01T00:00:00+08:00');
    expect(toDiscountView(aDiscount({ customerId: 'cus_1' }), undefined, now).customerId).toBe('cus_1');
    expect(toDiscountView(aDiscount(), undefined, now).customerId).toBeNull();
  });

  it('FIN-183: savings plans are a fifth billing mode', () => {
    const mode = COLUMNS.find(({ field }) => field === 'billingMode');
    const names = { accountName: 'atlas', partnerName: 'Acme', partnerAccountName: 'acme' };
    const settlement = { basis: { kind: 'no-discount' as const }, amount: parseMoney('1') };
    const line = toLine(aCharge({ billingMode: 'savings-plan' }), names, settlement, []);
    expect(mode?.of(line)).toBe('Savings Plans');
  });

  it("FIN-152: the summary of a customer's expenditure names no bill, no settlement, no tax and nothing due", () => {
    const contract = JSON.stringify(z.toJSONSchema(summaryView, { io: 'input', unrepresentable: 'any' }));
    expect(contract).not.toMatch(/"(billId|settlementAmount|tax|due|amountDue|dueAt|invoiceNos)"/);
    expect(contract).toContain('"listPrice"');
  });

  it('FIN-41: the check value of the guide, shown with two decimals', () => {
    expect(fixedText(parseMoney('7192.0574925'), 2)).toBe('7192.06');
  });
});
