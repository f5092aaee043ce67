import { describe, expect, it } from 'vitest';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { exactText, fixedText, parseMoney, sum } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { aDiscount, fixedPrice, percentage } from '../../tests/billing/discounts.ts';
import { indexDiscounts } from './basis.ts';
import { issueBill } from './bill.ts';
import { amountsOf } from './line.ts';
import { settle, settlementDiscountText, settlementTypeOf, settleOriginal } from './settlement.ts';
import { addLine, addUses, startTotals } from './totals.ts';

/** The worked example of the finance chapter: solution-provider P1, cycle 2024-07, VAT 7 %; what the coupons cover is given. */
const VAT = [{ code: 'VAT', rate: parseMoney('0.07') }];
const discounts = indexDiscounts(
  [
    aDiscount({ items: [percentage('0.25'), percentage('0.10', { settlementClass: 'promotional' })] }),
    aDiscount({
      customerId: 'C2',
      items: [percentage('0.5', { settlementClass: 'special', productTypeCodes: ['VPC'] })],
    }),
    aDiscount({
      customerId: 'C3',
      items: [fixedPrice('2.40', 'Mbps', { settlementClass: 'special', productTypeCodes: ['CDN'] })],
    }),
  ],
  1,
);
const day = (date: string) => ({ at: `2024-${date}T10:00:00+08:00` });
const order = aCharge({
  ...day('06-01'),
  customerId: 'C1',
  productTypeCode: 'EVS',
  billingMode: 'yearly-monthly',
  listPrice: '400',
});
const originals = new Map([[order.recordId, settleOriginal(order, discounts)]]);

interface Row {
  readonly name: string;
  readonly charge: ExpenditureRecord;
  readonly discount: string;
  readonly settlement: string;
  readonly coupons: string;
  readonly taxExclusive: string;
  readonly tax: string;
  readonly due: string;
}
const row = (name: string, charge: ExpenditureRecord, figures: string): Row => {
  const [discount = '', settlement = '', coupons = '', taxExclusive = '', tax = '', due = ''] = figures.split(' | ');
  return { name, charge, discount, settlement, coupons, taxExclusive, tax, due };
};
const vpc = { customerId: 'C2', productTypeCode: 'VPC' };
const ecs = { customerId: 'C3', productTypeCode: 'ECS' };

const ROWS: readonly Row[] = [
  row('T1', aCharge({ ...day('07-03'), ...vpc, listPrice: '72.576' }), '50% | 36.288 | 36.288 | 0 | 0 | 0'),
  row(
    'T2',
    aCharge({
      ...day('07-10'),
      customerId: 'C1',
      productTypeCode: 'EVS',
      billingMode: 'yearly-monthly',
      listPrice: '1000',
    }),
    '25% | 750 | 100 | 650 | 45.5 | 695.5',
  ),
  row('T3', aCharge({ ...day('07-12'), ...vpc, listPrice: '24.96' }), '50% | 12.48 | 12.48 | 0 | 0 | 0'),
  row(
    'T4',
    aCharge({ ...day('07-20'), ...vpc, listPrice: '92.16' }),
    '50% | 46.08 | 26.232 | 19.848 | 1.38936 | 21.23736',
  ),
  row(
    'T5',
    aCharge({
      ...day('07-31'),
      customerId: 'C3',
      productTypeCode: 'CDN',
      listPrice: '180',
      usage: '124',
      pricingUnit: 'Mbps',
      measuringPoints: 4320,
    }),
    '2.40 | 144 | 0 | 144 | 10.08 | 154.08',
  ),
  row(
    'T6',
    aCharge({ ...day('07-31'), ...ecs, settlementClass: 'promotional', listPrice: '19.8415975' }),
    '10% | 17.85743775 | 0 | 17.85743775 | 1.25002064 | 19.10745839',
  ),
  row(
    'T7',
    aCharge({
      ...day('07-22'),
      customerId: 'C1',
      productTypeCode: 'EVS',
      billType: 'refund',
      billingMode: 'yearly-monthly',
      listPrice: '-400',
      originalRecordId: order.recordId,
    }),
    '25% | -300 | -40 | -260 | -18.2 | -278.2',
  ),
  row(
    'T8',
    aCharge({ ...day('07-25'), ...ecs, billType: 'adjustment', listPrice: '-12.50' }),
    '0% | -12.5 | 0 | -12.5 | -0.875 | -13.375',
  ),
];

const computed = ROWS.map(({ name, charge, coupons }) => {
  const settlement = settle(charge, { discounts, regime: 'exact-lines', originals });
  return { name, charge, settlement, amounts: amountsOf(settlement.amount, VAT, parseMoney(coupons)) };
});
const text = (amount: bigint): string => exactText(amount as never, 0);

describe('FIN-50: the worked example', () => {
  it.each(ROWS.map((each, i) => [each.name, each, computed[i]] as const))(
    'FIN-35, FIN-36: line %s',
    (_name, expected, line) => {
      expect(line && settlementDiscountText(line.settlement.basis)).toBe(expected.discount);
      expect(text(line?.settlement.amount ?? 1n)).toBe(expected.settlement);
      expect(text(line?.amounts.taxExclusiveDue ?? 1n)).toBe(expected.taxExclusive);
      expect(text(line?.amounts.tax.total ?? 1n)).toBe(expected.tax);
      expect(text(line?.amounts.due ?? 1n)).toBe(expected.due);
    },
  );

  it('FIN-31: settlement types', () => {
    expect(computed.map(({ charge, settlement }) => settlementTypeOf(charge, settlement.basis))).toEqual([
      'Special discount request',
      'Common product',
      'Special discount request',
      'Special discount request',
      'Special discount request',
      'Promotional product',
      'Common product',
      'No discount',
    ]);
  });

  it('FIN-41: amount due 598.35', () => {
    const totals = startTotals();
    for (const { charge, settlement, amounts } of computed)
      addLine(totals, charge.billType, settlement.amount, amounts);
    const cash = ['25', '100', '-40'].map(
      (amount) => ({ couponId: 'K', kind: 'cash', amount: parseMoney(amount) }) as const,
    );
    const test = ['11.288', '12.48', '26.232'].map(
      (amount) => ({ couponId: 'K2', kind: 'test', amount: parseMoney(amount) }) as const,
    );
    addUses(totals, [...cash, ...test]);
    const terms = {
      taxRuleId: 'tax',
      taxComponents: VAT,
      discountVersion: 1,
      paymentCurrency: 'USD',
      partnerName: 'P1',
      partnerAccountName: 'p1',
    };
    const cycle = '2024-07' as BillingMonth;
    const bill = issueBill(
      { partnerId: 'P1', cycle, totals, terms, exchangeRate: parseMoney('1') },
      instant('2024-08-05T03:00:00+08:00'),
    );
    expect(
      Object.fromEntries(
        Object.entries(bill).flatMap(([name, value]) => (typeof value === 'bigint' ? [[name, text(value)]] : [])),
      ),
    ).toEqual({
      exchangeRate: '1',
      expenditures: '1006.70543775',
      refunds: '-300',
      adjustments: '-12.5',
      couponsUsed: '135',
      couponsUsedCash: '85',
      couponsUsedTest: '50',
      taxExclusiveDue: '559.20543775',
      tax: '39.14438064',
      billAmountExact: '598.34981839',
      amountDue: '598.35',
      amountDuePayment: '598.35',
      credit: '0',
      withheld: '0',
    });
  });

  it('FIN-65, FIN-66: before the issue the estimate reads 694.21', () => {
    expect(fixedText(sum(computed.map(({ settlement }) => settlement.amount)), 2)).toBe('694.21');
  });

  it('FIN-145: by customer and by product', () => {
    const due = (customerId: string) =>
      text(sum(computed.filter(({ charge }) => charge.customerId === customerId).map(({ amounts }) => amounts.due)));
    const settled = (code: string) =>
      text(
        sum(
          computed.filter(({ charge }) => charge.productTypeCode === code).map(({ settlement }) => settlement.amount),
        ),
      );
    expect(['C1', 'C2', 'C3'].map(due)).toEqual(['417.3', '21.23736', '159.81245839']);
    expect(['EVS', 'VPC', 'CDN', 'ECS'].map(settled)).toEqual(['450', '94.848', '144', '5.35743775']);
  });
});
