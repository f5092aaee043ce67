import { describe, expect, it } from 'vitest';
import { type AccountFacts, accountFacts } from '#lib/accounts/index.ts';
import { instant } from '#lib/shared/time.ts';
import { reasonsAgainst } from './reasons.ts';

const NOW = instant('2024-09-10T10:00:00+08:00');
const NOBODY = { associated: false, reservedByOther: false, partnerCountry: 'SG' };
const account = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
  ...accountFacts.parse({
    accountId: 'acc_1',
    accountName: 'acme',
    email: 'new@acme.example',
    subject: 'acme',
    registeredAt: '2024-09-09T00:00:00Z',
    country: 'SG',
  }),
  ...facts,
});

const against = (facts: Partial<AccountFacts>) => reasonsAgainst({ ...NOBODY, account: account(facts) }, NOW);

it('DEV-26: without an account only the reservation counts', () => {
  expect(reasonsAgainst(NOBODY, NOW)).toEqual({ hard: [], reviewable: [] });
  expect(reasonsAgainst({ ...NOBODY, reservedByOther: true }, NOW)).toEqual({
    hard: ['PREREGISTERED_BY_OTHER'],
    reviewable: [],
  });
});

it('DEV-37: nothing stands against a fresh, unremarkable account', () => {
  expect(against({})).toEqual({ hard: [], reviewable: [] });
});

describe('each reason alone', () => {
  it.each([
    ['DEV-27', { site: 'chinese-mainland' }, 'MAINLAND_ACCOUNT'],
    ['DEV-30, DEV-209', { contracts: ['professional-service'] }, 'CONTRACT_SIGNED'],
    ['DEV-31', { hasCashExpenditure: true }, 'CASH_EXPENDITURE'],
    ['DEV-32', { unifiedAccounting: true, enterpriseRole: 'member' }, 'UNIFIED_ACCOUNTING'],
  ] as const)('%s: %o is %s', (_rule, facts, reason) => {
    expect(against(facts as Partial<AccountFacts>)).toEqual({ hard: [reason], reviewable: [] });
  });

  it.each([
    ['DEV-34', { hasCashExpenditure: true, directSalesFollowUp: true }, 'CASH_EXPENDITURE_FOLLOWED_UP'],
    ['DEV-35', { country: 'DE' }, 'COUNTRY_MISMATCH'],
    ['DEV-36', { onlineSalesOwned: true }, 'ONLINE_SALES_OWNED'],
  ] as const)('%s: %o is %s', (_rule, facts, reason) => {
    expect(against(facts)).toEqual({ hard: [], reviewable: [reason] });
  });

  it.each([
    ['DEV-32, DEV-211', { unifiedAccounting: true, enterpriseRole: 'master' }],
    ['DEV-32', { enterpriseRole: 'member' }],
    ['DEV-34', { directSalesFollowUp: true }],
  ] as const)('%s: %o is none', (_rule, facts) => {
    expect(against(facts)).toEqual({ hard: [], reviewable: [] });
  });

  it('DEV-28: an association with anybody', () => {
    const facts = { ...NOBODY, account: account(), associated: true };
    expect(reasonsAgainst(facts, NOW).hard).toEqual(['ALREADY_ASSOCIATED']);
  });
});

it.each([
  ['2024-09-03T02:00:00.000Z', []],
  ['2024-09-03T01:59:59.999Z', ['REGISTERED_OVER_7_DAYS']],
  ['2020-01-01T00:00:00.000Z', ['REGISTERED_OVER_7_DAYS']],
])('DEV-33, DEV-94: registered at %s', (registeredAt, reviewable) => {
  expect(against({ registeredAt: instant(registeredAt) }).reviewable).toEqual(reviewable);
});

it('DEV-37: all of them at once, in the order of the rules', () => {
  const worst = account({
    site: 'chinese-mainland',
    contracts: ['other'],
    hasCashExpenditure: true,
    unifiedAccounting: true,
    registeredAt: instant('2020-01-01T00:00:00Z'),
    country: 'CN',
    onlineSalesOwned: true,
  });
  expect(
    reasonsAgainst({ account: worst, associated: true, reservedByOther: true, partnerCountry: 'SG' }, NOW),
  ).toEqual({
    hard: [
      'MAINLAND_ACCOUNT',
      'ALREADY_ASSOCIATED',
      'PREREGISTERED_BY_OTHER',
      'CONTRACT_SIGNED',
      'CASH_EXPENDITURE',
      'UNIFIED_ACCOUNTING',
    ],
    reviewable: ['REGISTERED_OVER_7_DAYS', 'COUNTRY_MISMATCH', 'ONLINE_SALES_OWNED'],
  });
});
