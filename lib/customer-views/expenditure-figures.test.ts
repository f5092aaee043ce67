import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { monthlyFigures, rankProducts } from './expenditure-figures.ts';

const august = '2024-08' as BillingMonth;
const july = '2024-07' as BillingMonth;
const counters = (...months: readonly [BillingMonth, string][]) =>
  months.map(([month, usage]) => ({ month, usage: parseMoney(usage) }));

describe('figures of twelve months', () => {
  it.each([
    ['80.00', '35.00', '-56.25'],
    ['3.00', '4.00', '33.33'],
    ['3.00', '2.00', '-33.33'],
    ['2.00', '2.00', '0.00'],
    ['2.00', '0.00', '-100.00'],
    ['100.00', '99.999', '0.00'],
  ])('CUS-050: from %s to %s the change is %s percent', (last, present, change) => {
    expect(monthlyFigures(counters([july, last], [august, present]), august).changePercent).toBe(change);
  });

  it('CUS-050, CUS-248: no change can be told from nothing', () => {
    expect(monthlyFigures(counters([august, '5.00']), august)).toMatchObject({
      monthToDate: '5.00000000',
      lastMonth: '0.00000000',
      changePercent: null,
    });
  });

  it('CUS-050: the months begin eleven before the present one', () => {
    const { months } = monthlyFigures([], '2024-02' as BillingMonth);
    expect([months[0]?.month, months.at(-1)?.month, months.length]).toEqual(['2023-03', '2024-02', 12]);
  });
});

it('CUS-050, ORD-135: products by expenditure, ties by name, refunds left out', () => {
  const row = (productType: string, listPrice: string, billType = 'expenditure') => ({
    billType,
    productType,
    listPrice: parseMoney(listPrice),
  });
  const rows = [row('B', '1.00'), row('A', '1.00'), row('C', '0.50'), row('C', '2.00'), row('B', '9.00', 'refund')];
  expect(rankProducts(rows)).toEqual([
    { productType: 'C', listPrice: '2.50000000' },
    { productType: 'A', listPrice: '1.00000000' },
    { productType: 'B', listPrice: '1.00000000' },
  ]);
});
