import { describe, expect, it } from 'vitest';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import type { TaxRule } from './tax-rule.ts';
import { withheldOf, withholdingFault, withholdingTerms } from './withholding.ts';

const rule = (wish: Partial<TaxRule>): TaxRule => ({
  taxRuleId: 'tax',
  countryRegion: 'MY',
  components: [],
  effectiveFrom: instant('2020-01-01T00:00:00+08:00'),
  createdAt: instant('2020-01-01T00:00:00+08:00'),
  ...wish,
});
const TENTH = parseMoney('0.1');
const change = '2021-11-01T00:00:00+08:00';
const malaysia = [
  rule({ effectiveTo: instant('2021-10-31T23:59:59+08:00'), withholding: { mode: 'exclusive', rate: TENTH } }),
  rule({ effectiveFrom: instant(change), withholding: { mode: 'inclusive', rate: TENTH } }),
];
const terms = withholdingTerms(malaysia, { countryRegion: 'MY' });
const withheld = (at: string, amount = '100'): string => exactText(withheldOf(terms, instant(at), parseMoney(amount)));

describe('tax withheld from a line', () => {
  it('FIN-119, FIN-122, FIN-123: is contained from 2021-11-01 00:00:00 GMT+8 on, by the transaction time', () => {
    expect(withheld('2021-10-31T23:59:59+08:00')).toBe('0.00');
    expect(withheld(change)).toBe('10.00');
    expect(withheld('2021-12-15T12:00:00+08:00')).toBe('10.00');
  });

  it('FIN-125: is exact, so that the total is rounded once; given back on what is refunded', () => {
    expect(withheld(change, '0.00000001')).toBe('0.000000001');
    expect(withheld(change, '-50')).toBe('-5.00');
  });

  it('FIN-119: an area whose prices never contain it has no terms at all', () => {
    expect(withholdingTerms([rule({})], { countryRegion: 'MY' })).toBeUndefined();
    expect(withholdingTerms(malaysia, { countryRegion: 'SG' })).toBeUndefined();
    expect(exactText(withheldOf(undefined, instant(change), parseMoney('1')))).toBe('0.00');
  });

  it('FIN-120: the rate of a state goes before that of its country', () => {
    const labuan = rule({ stateProvince: 'Labuan', withholding: { mode: 'inclusive', rate: parseMoney('0.05') } });
    const ofState = withholdingTerms([...malaysia, labuan], { countryRegion: 'MY', stateProvince: 'Labuan' });
    expect(exactText(withheldOf(ofState, instant(change), parseMoney('100')))).toBe('5.00');
  });
});

it.each([
  ['inclusive', '0.1', true],
  ['exclusive', '0.1234', true],
  ['none', '0', true],
  ['none', '0.1', false],
  ['inclusive', '0', false],
  ['inclusive', '1', false],
  ['inclusive', '-0.1', false],
  ['inclusive', '0.12345', false],
] as const)('FIN-119: mode %s with rate %s is accepted: %s', (mode, rate, accepted) => {
  expect(withholdingFault({ mode, rate: parseMoney(rate) }) === undefined).toBe(accepted);
});
