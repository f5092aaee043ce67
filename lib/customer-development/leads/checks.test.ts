import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import { instant } from '#lib/shared/time.ts';
import { checkAssociationType, checkHoldings, refusalFor } from './checks.ts';
import { placeOf } from './places.ts';

const NOW = instant('2024-09-10T10:00:00+08:00');
const standing = (more: Partial<PartnerStanding> = {}): PartnerStanding => ({
  partnerId: 'par_1',
  type: 'solution-provider',
  status: 'active',
  verificationEnabled: false,
  grants: [],
  version: 1,
  ...more,
});
const codeOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.definition.code;
    throw error;
  }
};

describe('association types', () => {
  it.each([
    ['DEV-09', {}, 'reseller', undefined],
    ['DEV-09', {}, 'referral', 'ASSOCIATION_TYPE_NOT_ALLOWED'],
    ['DEV-09', { grants: ['referral-model'] }, 'referral', undefined],
    ['DEV-09', { type: 'distributor', grants: ['referral-model'] }, 'referral', undefined],
    ['DEV-10', { type: 'reseller', grants: ['referral-model'] }, 'referral', 'ASSOCIATION_TYPE_NOT_ALLOWED'],
    ['DEV-58', { prepaid: true }, 'reseller', 'PREPAID_PARTNER'],
    ['DEV-58', { prepaid: true, grants: ['referral-model'] }, 'referral', undefined],
    ['DEV-58', { prepaid: true }, 'referral', 'ASSOCIATION_TYPE_NOT_ALLOWED'],
  ] as const)('%s: %o asks for %s: %s', (_rule, more, type, code) => {
    expect(codeOf(() => checkAssociationType(standing(more), type))).toBe(code);
  });
});

describe('holdings', () => {
  const places = (count: number) => Array.from({ length: count }, (_, i) => placeOf({ leadId: `lead_${i}` }));
  const own = { partnerId: 'par_1', leadId: 'lead_0' };

  it.each([
    ['DEV-23', undefined, 99, undefined],
    ['DEV-23', undefined, 100, 'PREREGISTRATION_LIMIT'],
    ['DEV-38', own, 1, 'DUPLICATE_PREREGISTRATION'],
    ['DEV-218', own, 100, 'DUPLICATE_PREREGISTRATION'],
    ['DEV-218', { partnerId: 'par_2', leadId: 'lead_x' }, 100, 'PREREGISTRATION_LIMIT'],
    ['DEV-29', { partnerId: 'par_2', leadId: 'lead_x' }, 1, undefined],
  ])('%s: reserved by %o with %i places taken: %s', (_rule, reservation, taken, code) => {
    expect(codeOf(() => checkHoldings('par_1', reservation, places(taken), NOW))).toBe(code);
  });
});

describe('refusals', () => {
  const wish = { customerName: 'Wil', email: 'new@acme.example', associationType: 'reseller' } as const;

  it('DEV-37: no reason, no refusal', () => {
    expect(refusalFor({ hard: [], reviewable: [] }, wish)).toBeUndefined();
  });

  it('DEV-37: only reviewable reasons come with an offer, one hard reason takes it away', () => {
    const offered = refusalFor({ hard: [], reviewable: ['COUNTRY_MISMATCH'] }, wish);
    expect(offered?.details).toMatchObject({ reviewOffer: { operation: 'request-manual-review', lead: wish } });
    const refused = refusalFor({ hard: ['CASH_EXPENDITURE'], reviewable: ['COUNTRY_MISMATCH'] }, wish);
    expect(refused?.definition.code).toBe('CASH_EXPENDITURE');
    expect(refused?.details).toMatchObject({ reviewOffer: null });
  });
});
