import { describe, expect, it } from 'vitest';
import { accountFacts } from '#lib/accounts/index.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { type BlockingFacts, type Check, checksAtAgreement, checksOf, checksOfTypeChange } from './blocking-checks.ts';

const NOW = instant('2024-07-01T10:00:00+08:00');
const LATER = plus(NOW, { seconds: 1 });

const anAccount = (facts: object = {}) =>
  accountFacts.parse({
    accountId: 'acc-1',
    accountName: 'atlas',
    email: 'atlas@example.com',
    subject: 'sub-1',
    registeredAt: '2024-01-01T00:00:00Z',
    country: 'SG',
    currency: 'USD',
    ...facts,
  });

const facts = (account: object = {}, more: Partial<BlockingFacts> = {}): BlockingFacts => ({
  account: anAccount(account),
  lastRequests: {},
  partnerType: 'solution-provider',
  ...more,
});

const codes = (checks: readonly Check[]) => checks.map(({ code }) => code);
const failed = (checks: readonly Check[]) => codes(checks.filter(({ passed }) => !passed));

describe('checksOf', () => {
  it('ORD-14: a partner is held up by five things', () => {
    expect(codes(checksOf('partner', facts(), NOW))).toEqual([
      'PARTNER_COOLDOWN',
      'ENTERPRISE_MASTER_WITH_MEMBERS',
      'MANUALLY_FROZEN',
      'UNEXPIRED_RESERVED_INSTANCE',
      'PARTNER_SUPPORT_PLAN',
    ]);
    expect(failed(checksOf('partner', facts(), NOW))).toEqual([]);
  });

  it('ORD-25: a reseller by the request of its customer, too', () => {
    const asked = { customer: instant('2024-06-10T00:00:00+08:00') };
    const held = (partnerType: BlockingFacts['partnerType'], now = NOW) =>
      failed(checksOf('partner', facts({}, { partnerType, lastRequests: asked }), now));
    expect(held('reseller')).toEqual(['CUSTOMER_RECENT_REQUEST']);
    expect(held('reseller', instant('2024-09-09T23:59:59+08:00'))).toEqual(['CUSTOMER_RECENT_REQUEST']);
    expect(held('reseller', instant('2024-09-10T00:00:00+08:00'))).toEqual([]);
    expect(held('solution-provider')).toEqual([]);
    expect(held('distributor')).toEqual([]);
  });

  it('ORD-15: a customer is held up by nine things', () => {
    expect(codes(checksOf('customer', facts(), NOW))).toEqual([
      'CUSTOMER_COOLDOWN',
      'ENTERPRISE_MASTER_WITH_MEMBERS',
      'ENTERPRISE_MEMBER',
      'ARREARS',
      'UNEXPIRED_RESERVED_INSTANCE',
      'PARTNER_SUPPORT_PLAN',
      'CURRENCY_NOT_SET',
      'ORDERS_AWAITING_PARTNER_PAYMENT',
      'SPECIAL_COMMERCE_CONTRACT',
    ]);
    expect(failed(checksOf('customer', facts(), NOW))).toEqual([]);
  });

  it('ORD-23: each side waits for itself alone', () => {
    const lastRequests = { partner: NOW };
    expect(failed(checksOf('partner', facts({}, { lastRequests }), LATER))).toEqual(['PARTNER_COOLDOWN']);
    expect(failed(checksOf('customer', facts({}, { lastRequests }), LATER))).toEqual([]);
  });

  it.each([
    ['ORD-16', { enterpriseRole: 'master', hasIndependentAccountingMembers: true }, 'ENTERPRISE_MASTER_WITH_MEMBERS'],
    ['ORD-17', { enterpriseRole: 'member' }, 'ENTERPRISE_MEMBER'],
    ['ORD-20', { overdue: true }, 'ARREARS'],
    ['ORD-19', { reservedInstances: [{ validUntil: LATER }] }, 'UNEXPIRED_RESERVED_INSTANCE'],
    ['ORD-19', { partnerSupportPlanUntil: LATER }, 'PARTNER_SUPPORT_PLAN'],
    ['ORD-22', { currency: undefined }, 'CURRENCY_NOT_SET'],
    ['ORD-21', { ordersAwaitingPartnerPayment: 1 }, 'ORDERS_AWAITING_PARTNER_PAYMENT'],
    ['ORD-22', { contracts: ['direct-special-offer'] }, 'SPECIAL_COMMERCE_CONTRACT'],
  ])('%s: %o blocks a customer as %s', (_rule, account, code) => {
    const check = checksOf('customer', facts(account), NOW).find((each) => !each.passed);
    expect(check).toMatchObject({ code, hint: expect.stringMatching(/\w/) });
    expect(failed(checksOf('customer', facts(account), NOW))).toHaveLength(1);
  });

  it.each([
    ['ORD-16: a master without such members', { enterpriseRole: 'master' }],
    ['ORD-19: a reserved instance that expires now', { reservedInstances: [{ validUntil: NOW }] }],
    ['ORD-19: a support plan that expires now', { partnerSupportPlanUntil: NOW }],
    ['ORD-22: an ordinary contract', { contracts: ['other', 'professional-service'] }],
  ])('%s does not block', (_name, account) => {
    expect(failed(checksOf('customer', facts(account), NOW))).toEqual([]);
  });

  it('ORD-19: says until when reserved instances block', () => {
    const until = plus(NOW, { days: 9 });
    const account = { reservedInstances: [{ validUntil: NOW }, { validUntil: until }, { validUntil: LATER }] };
    expect(checksOf('partner', facts(account), NOW)).toContainEqual(
      expect.objectContaining({ code: 'UNEXPIRED_RESERVED_INSTANCE', passed: false, until }),
    );
  });

  it.each([
    ['manual', ['MANUALLY_FROZEN']],
    ['association-default', []],
    ['budget-exhaustion', []],
    [undefined, []],
  ] as const)('ORD-18, DEV-102: frozen for %s', (freezeCause, expected) => {
    expect(failed(checksOf('partner', facts({}, { freezeCause }), NOW))).toEqual(expected);
    expect(failed(checksOf('customer', facts({}, { freezeCause }), NOW))).toEqual([]);
    expect(failed(checksOfTypeChange({ freezeCause }))).toEqual(expected); // ORD-35
  });

  it('ORD-35: nothing else holds up a change of type', () => {
    expect(codes(checksOfTypeChange({}))).toEqual(['MANUALLY_FROZEN']);
  });

  it('ORD-13: everything that stands in the way comes at once', () => {
    const account = {
      reservedInstances: [{ validUntil: instant('2025-01-01T00:00:00+08:00') }],
      currency: undefined,
      ordersAwaitingPartnerPayment: 1,
    };
    expect(failed(checksOf('customer', facts(account), NOW))).toEqual([
      'UNEXPIRED_RESERVED_INSTANCE',
      'CURRENCY_NOT_SET',
      'ORDERS_AWAITING_PARTNER_PAYMENT',
    ]);
  });
});

describe('checksAtAgreement', () => {
  it("ORD-41: the initiator's list again, cool-downs excepted", () => {
    const lastRequests = { partner: NOW, customer: NOW };
    const reseller = facts({ overdue: true }, { partnerType: 'reseller', lastRequests, freezeCause: 'manual' });
    expect(failed(checksAtAgreement('partner', reseller, LATER))).toEqual(['MANUALLY_FROZEN']);
    expect(failed(checksAtAgreement('customer', reseller, LATER))).toEqual(['ARREARS']);
  });
});
