import { describe, expect, it } from 'vitest';
import { accountFacts } from '#lib/accounts/index.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { entryChecks } from './entry-conditions.ts';

const NOW = instant('2024-07-01T10:00:00+08:00');

const anAccount = (facts: object = {}) =>
  accountFacts.parse({
    accountId: 'acc-1',
    accountName: 'atlas',
    email: 'atlas@example.com',
    subject: 'sub-1',
    registeredAt: '2024-01-01T00:00:00Z',
    country: 'SG',
    ...facts,
  });

const failed = (account: object, standing = {}) =>
  entryChecks({ account: anAccount(account), standing }, NOW)
    .filter(({ passed }) => !passed)
    .map(({ code }) => code);

describe('entryChecks', () => {
  it.each([
    ['ENTERPRISE_MASTER', { enterpriseRole: 'master', hasIndependentAccountingMembers: true }],
    ['ENTERPRISE_MEMBER', { enterpriseRole: 'member' }],
    ['PROFESSIONAL_SERVICE_CONTRACT', { contracts: ['professional-service'] }],
    ['VALID_RESERVED_INSTANCE', { reservedInstances: [{ validUntil: plus(NOW, { seconds: 1 }) }] }],
    ['CREDIT_BILL_OVERDUE', { overdue: true, creditBillRunCreated: true }],
  ])('ORD-36: %s keeps a customer out of the reseller model', (code, account) => {
    expect(failed(account)).toEqual([code]);
  });

  it('ORD-36: so does a partner that pays in advance', () => {
    expect(failed({}, { prepaid: true })).toEqual(['PREPAID_PARTNER']);
  });

  it.each([
    [{}],
    [{ enterpriseRole: 'master' }],
    [{ reservedInstances: [{ validUntil: NOW }] }],
    [{ overdue: true }],
    [{ contracts: ['other'] }],
  ])('ORD-36: %o does not', (account) => {
    expect(failed(account)).toEqual([]);
  });
});
