import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import { instant } from '#lib/shared/time.ts';
import { decideTaxRule, type TaxRule, taxRuleAt } from './tax-rule.ts';

const rule = (wish: Partial<TaxRule>): TaxRule => ({
  taxRuleId: 'tax',
  countryRegion: 'IN',
  components: [],
  effectiveFrom: instant('2024-01-01T00:00:00+08:00'),
  createdAt: instant('2024-01-01T00:00:00+08:00'),
  ...wish,
});
const last = instant('2024-07-31T23:59:59.999+08:00');

it('FIN-38: the rule of the state goes before the one of the country, another area has none', () => {
  const rules = [rule({ taxRuleId: 'country' }), rule({ taxRuleId: 'state', stateProvince: 'Kerala' })];
  expect(taxRuleAt(rules, { countryRegion: 'IN', stateProvince: 'Kerala' }, last)?.taxRuleId).toBe('state');
  expect(taxRuleAt(rules, { countryRegion: 'IN', stateProvince: 'Goa' }, last)?.taxRuleId).toBe('country');
  expect(taxRuleAt(rules, { countryRegion: 'IN' }, last)?.taxRuleId).toBe('country');
  expect(taxRuleAt(rules, { countryRegion: 'SG' }, last)).toBeUndefined();
});

it('FIN-39: the last instant of the cycle decides between two rules', () => {
  const rules = [
    rule({ taxRuleId: 'old', effectiveTo: instant('2024-07-31T23:59:59+08:00') }),
    rule({ taxRuleId: 'new', effectiveFrom: instant('2024-08-01T00:00:00+08:00') }),
  ];
  expect(taxRuleAt(rules, { countryRegion: 'IN' }, last)?.taxRuleId).toBe('old');
});

describe('a new rule', () => {
  const from = (time: string, wish: Partial<TaxRule> = {}) => rule({ effectiveFrom: instant(time), ...wish });
  const old = from('2024-01-01T00:00:00+08:00', { taxRuleId: 'old' });

  it('FIN-38: ends the rule without end before it one second earlier', () => {
    const { ended } = decideTaxRule([old], from('2024-07-01T00:00:00+08:00'));
    expect(ended).toEqual({ ...old, effectiveTo: instant('2024-06-30T23:59:59+08:00') });
  });

  it('FIN-38: leaves rules of another state, and those that lie apart, alone', () => {
    const past = { ...old, effectiveTo: instant('2024-06-30T23:59:59+08:00') };
    expect(decideTaxRule([past], from('2024-07-01T00:00:00+08:00')).ended).toBeUndefined();
    expect(decideTaxRule([old], from('2024-07-01T00:00:00+08:00', { stateProvince: 'Goa' })).ended).toBeUndefined();
  });

  it.each([
    ['begins in the last second of another', from('2024-06-30T23:59:59+08:00')],
    ['begins with another', from('2024-01-01T00:00:00+08:00')],
    ['has no end before another', from('2023-01-01T00:00:00+08:00')],
  ])('FIN-38: that %s is refused', (_what, wished) => {
    const past = { ...old, effectiveTo: instant('2024-06-30T23:59:59+08:00') };
    expect(() => decideTaxRule([past], wished)).toThrow(Refusal);
  });
});
