import { describe, expect, it } from 'vitest';
import type { BudgetStanding } from '#lib/budgets/index.ts';
import type { Customer } from '#lib/customers/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { rankOf } from './rank.ts';

const month = '2024-08' as BillingMonth;
const association = {
  partnerId: 'par_1',
  type: 'reseller',
  since: '2024-08-01T00:00:00.000Z' as Instant,
  accountManagers: {},
} as const;
const customer: Customer = {
  customerId: 'cus_1',
  accountId: 'acc-1',
  accountName: 'atlas',
  userType: 'enterprise',
  registeredAt: association.since,
  association,
  control: { freezeLevel: 'none', payPerUseRestricted: false },
  version: 1,
};

function standing(amount: string, usage: string, type: 'monthly' | 'one-time' = 'monthly'): BudgetStanding {
  const used = parseMoney(usage);
  return {
    budget: {
      partnerId: 'par_1',
      customerId: 'cus_1',
      type,
      amount: parseMoney(amount),
      exhaustionMode: 'manual',
      typeSince: month,
      version: 1,
      evaluation: 0,
      thresholds: { period: `${type}#${month}`, raised: [], open: [], occurrences: {} },
    },
    usage: used,
    monthToDate: used,
  };
}
const ratio = (amount: string, usage: string): string =>
  rankOf(customer, standing(amount, usage), month)?.budgetUsage?.value ?? '';

describe('the rank of a customer', () => {
  it('CUS-246: texts compare as the figures do, from the smallest unit to the largest amount', () => {
    const amounts = ['0.000000000001', '0.00000001', '9.99', '10.00', '100.00', '999999999999999999.999999999999'];
    const places = amounts.map((usage) => rankOf(customer, standing('0.00', usage), month)?.monthToDate?.value ?? '');
    expect(places.toSorted()).toEqual(places);
    expect(new Set(places).size).toBe(places.length);
    const ratios = [
      ratio('2147483647.00', '0.01'),
      ratio('100.00', '33.33'),
      ratio('100.00', '33.34'),
      ratio('3.00', '3.00'),
      ratio('0.01', '999999999999999999.00'),
    ];
    expect(ratios.toSorted()).toEqual(ratios);
    expect(new Set(ratios.map(({ length }) => length))).toEqual(new Set([38]));
    expect(ratio('50.00', '25.00')).toBe(ratio('100.00', '50.00'));
  });

  it('CUS-246, CUS-248: nothing spent and nothing set have no place', () => {
    expect(rankOf(customer, standing('100.00', '0.00'), month)).toMatchObject({
      monthToDate: undefined,
      budgetUsage: undefined,
    });
    expect(rankOf(customer, standing('0.00', '5.00'), month)).toMatchObject({
      monthToDate: { among: month },
      budgetUsage: undefined,
    });
    expect(rankOf(customer, undefined, month)).toEqual({
      customerId: 'cus_1',
      partnerId: 'par_1',
      resellerId: undefined,
    });
  });

  it('CUS-067: a one-time budget stands in an order that no month ends', () => {
    expect(rankOf(customer, standing('10.00', '5.00', 'one-time'), month)).toMatchObject({
      monthToDate: { among: month },
      budgetUsage: { among: 'one-time' },
    });
  });

  it('CUS-032: without an association there is no place', () => {
    const ended = { ...customer, association: { ...association, endedAt: association.since } };
    expect(rankOf(ended, standing('10.00', '5.00'), month)).toBeUndefined();
    expect(rankOf({ ...customer, association: undefined }, undefined, month)).toBeUndefined();
  });
});
