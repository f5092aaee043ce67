import { describe, expect, it } from 'vitest';
import { exactText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { aCharge, type ChargeWish } from '../../tests/billing/charges.ts';
import { inPricingUnits, ratioText, usageDaysRatio } from './usage.ts';

const month = (consumptionMonth: string) => ({ consumptionMonth: consumptionMonth as BillingMonth });
const shown = (measuringPoints: number, consumptionMonth: string) => {
  const ratio = usageDaysRatio({ measuringPoints, ...month(consumptionMonth) });
  return ratio && ratioText(ratio);
};

describe('usage days of the month', () => {
  it.each([
    [4320, '2024-09', '50%'],
    [15 * 288, '2024-07', '48.39%'],
    [29 * 288, '2024-02', '100%'],
    [288, '2024-07', '3.23%'],
    [0, '2024-07', '0%'],
    [21 * 288, '2024-09', '70%'],
  ])('FIN-27: %i points in %s are %s', (points, consumptionMonth, text) => {
    expect(shown(points, consumptionMonth)).toBe(text);
  });

  it('FIN-27: charges that are not measured by points have no ratio', () => {
    expect(usageDaysRatio({ ...month('2024-07') })).toBeUndefined();
  });
});

describe('usage in pricing units', () => {
  const total = (wish: ChargeWish) => {
    const units = inPricingUnits(aCharge(wish));
    return units.total === undefined ? undefined : exactText(units.total, 0);
  };

  it('FIN-28: 1 byte in GB is 0.0000000009, cut and not rounded', () => {
    expect(total({ usage: '1', conversionFactor: '1073741824' })).toBe('0.0000000009');
  });

  it('FIN-29: the total counts package and reserved-instance usage too', () => {
    const usage = { usage: '46800', packageUsage: '1200', reservedInstanceUsage: '300', conversionFactor: '3600' };
    expect(total(usage)).toBe('13.4166666666');
    const { package: ofPackage, reservedInstance } = inPricingUnits(aCharge(usage));
    expect([ofPackage, reservedInstance].map((each) => each && exactText(each, 0))).toEqual([
      '0.3333333333',
      '0.0833333333',
    ]);
  });

  it('FIN-28: the same unit has the factor 1', () => {
    expect(total({ usage: '12.5' })).toBe('12.5');
    expect(total({ packageUsage: '2' })).toBe('2');
  });

  it('FIN-29: an order without usage has no usage in pricing units', () => {
    expect(total({})).toBeUndefined();
  });
});
