import { describe, expect, it } from 'vitest';
import { type AccountFacts, accountFacts } from '#lib/accounts/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { instant, plus } from '#lib/shared/time.ts';
import {
  type AssociationFacts,
  type FailureCode,
  failuresAmong,
  firstFailure,
  firstLinkFailure,
  type LinkFacts,
  WAIVABLE_BY_TICKET,
  waivedBy,
} from './failure.ts';
import { BLOCKED, FAILURE_TEXTS, toFailure } from './failure-text.ts';

const NOW = instant('2024-08-08T10:00:00+08:00');
const GOOD_LINK: LinkFacts = { found: true, live: true, claimedByOther: false, used: false };

const account = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
  ...accountFacts.parse({
    accountId: 'acc-1',
    accountName: 'acme',
    email: 'new@acme.example',
    subject: 'account:acc-1',
    registeredAt: NOW,
    country: 'SG',
  }),
  ...facts,
});

const given = (facts: Partial<AssociationFacts> = {}): AssociationFacts => ({
  type: 'reseller',
  link: GOOD_LINK,
  prepaid: false,
  referralExcludedByRelationship: false,
  referralExcludedByCountry: false,
  account: account(),
  reservedByOther: false,
  associatedWithOther: false,
  invoiceLimit: ZERO,
  waived: new Set(),
  ...facts,
});

const by = (facts: Partial<AccountFacts>): Partial<AssociationFacts> => ({ account: account(facts) });
const link = (facts: Partial<LinkFacts>): Partial<AssociationFacts> => ({ link: { ...GOOD_LINK, ...facts } });
const ofContract = (contract: AccountFacts['contracts'][number]) => by({ contracts: [contract] });
const instanceUntil = (validUntil: AccountFacts['registeredAt']) => by({ reservedInstances: [{ validUntil }] });
const owing = (topUpBalance: string, outstandingInvoiceAmount: string) =>
  by({ topUpBalance, outstandingInvoiceAmount });

/** Row by row: what blocks, alone. */
const ROWS: readonly (readonly [row: number, code: FailureCode, facts: Partial<AssociationFacts>])[] = [
  [1, 'LINK_NOT_FOUND', link({ found: false })],
  [2, 'LINK_EXPIRED', link({ live: false })],
  [3, 'CODE_USED', link({ claimedByOther: true })],
  [4, 'LINK_USED', link({ used: true })],
  [5, 'PREPAID_PARTNER', { prepaid: true }],
  [6, 'REFERRAL_NOT_ALLOWED_RELATIONSHIP', { type: 'referral', referralExcludedByRelationship: true }],
  [7, 'REFERRAL_NOT_ALLOWED_COUNTRY', { type: 'referral', referralExcludedByCountry: true }],
  [8, 'MAINLAND_ACCOUNT', by({ site: 'chinese-mainland' })],
  [9, 'REGISTERED_BY_OTHER_PARTNER', { reservedByOther: true }],
  [10, 'IS_PARTNER', by({ isPartner: true })],
  [10, 'IS_PARTNER', by({ isApplyingPartner: true })],
  [11, 'ASSOCIATED_WITH_OTHER', { associatedWithOther: true }],
  [12, 'SPECIAL_CONTRACT', ofContract('direct-offline')],
  [12, 'SPECIAL_CONTRACT', ofContract('telemarketing-discount')],
  [12, 'SPECIAL_CONTRACT', ofContract('direct-special-offer')],
  [13, 'INTERNAL_ACCOUNT', by({ isInternalAccount: true })],
  [14, 'UNIFIED_ACCOUNTING', by({ unifiedAccounting: true, enterpriseRole: 'member' })],
  [15, 'ENTERPRISE_MASTER', by({ enterpriseRole: 'master', hasIndependentAccountingMembers: true })],
  [16, 'ENTERPRISE_MEMBER', by({ enterpriseRole: 'member' })],
  [17, 'PROFESSIONAL_SERVICE_CONTRACT', ofContract('professional-service')],
  [18, 'VALID_RESERVED_INSTANCE', instanceUntil(plus(NOW, { seconds: 1 }))],
  [19, 'CONSUMPTION_RECORD', by({ hasCashExpenditure: true })],
  [20, 'BALANCE_OR_INVOICE', owing('0.01', '0.01')],
  [21, 'REGISTERED_TOO_LONG', by({ registeredAt: plus(NOW, { days: -7, seconds: -1 }) })],
  [22, 'OVERDUE', by({ overdue: true })],
  [23, 'CREDIT_BILL_OVERDUE', by({ overdue: true, creditBillRunCreated: true })],
];

describe('the table of DEV-93', () => {
  it('DEV-93: nothing blocks an unremarkable account', () => {
    expect(firstFailure(given(), NOW)).toBeUndefined();
    expect(firstFailure(given({ type: 'referral' }), NOW)).toBeUndefined();
    expect(firstFailure(given({ link: undefined }), NOW)).toBeUndefined();
  });

  it.each(ROWS)('DEV-93: row %i, %s', (_row, code, facts) => {
    expect(firstFailure(given(facts), NOW)).toBe(code);
  });

  it('DEV-93: of all causes at once the first row is told, then the next', () => {
    let facts = given({
      link: { found: false, live: false, claimedByOther: true, used: true },
      prepaid: true,
      referralExcludedByRelationship: true,
      referralExcludedByCountry: true,
      reservedByOther: true,
      associatedWithOther: true,
      account: account({
        site: 'chinese-mainland',
        isPartner: true,
        contracts: ['direct-offline', 'professional-service'],
        isInternalAccount: true,
        unifiedAccounting: true,
        enterpriseRole: 'member',
        reservedInstances: [{ validUntil: plus(NOW, { days: 1 }) }],
        hasCashExpenditure: true,
        topUpBalance: '1.00',
        outstandingInvoiceAmount: '1.00',
        registeredAt: plus(NOW, { days: -8 }),
        overdue: true,
        creditBillRunCreated: true,
      }),
    });
    const found: string[] = [];
    for (let code = firstFailure(facts, NOW); code; code = firstFailure(facts, NOW)) {
      found.push(code);
      facts = { ...facts, waived: new Set([...facts.waived, code]) };
    }
    const reachable = ROWS.map(([, code]) => code).filter((code, i, codes) => codes.indexOf(code) === i);
    const others = [
      'REFERRAL_NOT_ALLOWED_RELATIONSHIP',
      'REFERRAL_NOT_ALLOWED_COUNTRY',
      'ENTERPRISE_MASTER',
      'OVERDUE',
    ];
    expect(found).toEqual(reachable.filter((code) => !others.includes(code)));
  });

  it.each([
    ['row 5: a prepaid partner may refer', { type: 'referral', prepaid: true }],
    ['row 6: what excludes referral does not touch the reseller model', { referralExcludedByRelationship: true }],
    ['row 7: nor does the country', { referralExcludedByCountry: true }],
    ['row 12: other contracts do not count (DEV-209)', ofContract('other')],
    ['row 14: the master itself is attached to nobody', by({ unifiedAccounting: true, enterpriseRole: 'master' })],
    ['row 15: a master without such members (DEV-211)', by({ enterpriseRole: 'master' })],
    ['row 15: members without being their master', by({ hasIndependentAccountingMembers: true })],
    ['row 18: an instance that ends at this instant', instanceUntil(NOW)],
    ['row 20: no balance', owing('0.00', '5.00')],
    ['row 20: no invoice', owing('5.00', '0.00')],
    ['row 21: exactly seven days (DEV-94)', by({ registeredAt: plus(NOW, { days: -7 }) })],
    ['row 23: a bill run that is paid', by({ creditBillRunCreated: true })],
  ] as const)('DEV-93: %s', (_name, facts) => {
    expect(firstFailure(given(facts), NOW)).toBeUndefined();
  });

  it.each([
    [15, by({ enterpriseRole: 'master', hasIndependentAccountingMembers: true })],
    [16, by({ enterpriseRole: 'member' })],
    [17, ofContract('professional-service')],
    [18, instanceUntil(plus(NOW, { days: 1 }))],
  ] as const)('DEV-93: row %i stops in the reseller model alone', (_row, facts) => {
    expect(firstFailure(given({ ...facts, type: 'referral' }), NOW)).toBeUndefined();
  });

  it('DEV-93: a credit bill is an ordinary debt in the referral model', () => {
    const facts = by({ overdue: true, creditBillRunCreated: true });
    expect(firstFailure(given({ ...facts, type: 'referral' }), NOW)).toBe('OVERDUE');
  });

  it.each([
    ['100.00', '100.00', undefined],
    ['100.00', '100.01', 'BALANCE_OR_INVOICE'],
  ])('DEV-96: up to the limit of %s an outstanding %s is no cause', (limit, outstanding, code) => {
    const facts = given({ ...owing('1.00', outstanding), invoiceLimit: parseMoney(limit) });
    expect(firstFailure(facts, NOW)).toBe(code);
  });
});

describe('waivers', () => {
  it('DEV-95: an approved review switches off age and cash expenditure, and nothing else', () => {
    expect([...waivedBy(['REGISTERED_OVER_7_DAYS'])]).toEqual(['REGISTERED_TOO_LONG']);
    expect([...waivedBy(['CASH_EXPENDITURE_FOLLOWED_UP'])]).toEqual(['CONSUMPTION_RECORD']);
    expect([...waivedBy(['COUNTRY_MISMATCH', 'ONLINE_SALES_OWNED'])]).toEqual([]);
  });

  it('DEV-109: a ticket waives three causes; arrears and what is impossible stay', () => {
    const facts = given({
      link: undefined,
      ...by({ hasCashExpenditure: true, registeredAt: plus(NOW, { days: -30 }), overdue: true }),
      waived: WAIVABLE_BY_TICKET,
    });
    expect(failuresAmong(WAIVABLE_BY_TICKET, facts, NOW)).toEqual(['CONSUMPTION_RECORD', 'REGISTERED_TOO_LONG']);
    expect(firstFailure(facts, NOW)).toBe('OVERDUE');
  });
});

describe('what is told', () => {
  it('DEV-93: every row has its words and its advice, row 24 too', () => {
    expect(Object.keys(FAILURE_TEXTS)).toEqual([...new Set(ROWS.map(([, code]) => code)), 'SYSTEM_BUSY']);
    expect(toFailure('SYSTEM_BUSY')).toEqual({
      code: 'SYSTEM_BUSY',
      message: 'The association could not be made for a technical reason.',
      advice: 'Contact the customer service.',
    });
    expect(toFailure('ENTERPRISE_MEMBER').advice).toContain('leaves the master first');
  });

  it('DEV-212: the advice for a prepaid partner is kept as written', () => {
    expect(toFailure('PREPAID_PARTNER').advice).toBe(toFailure('LINK_EXPIRED').advice);
  });

  it('DEV-109: a ticket is refused by what blocks, never by a link', () => {
    expect(Object.keys(BLOCKED)).toHaveLength(19);
    expect(BLOCKED.IS_PARTNER).toMatchObject({ code: 'IS_PARTNER', status: 409 });
  });

  it('DEV-91: the rows of the link alone', () => {
    expect(firstLinkFailure(GOOD_LINK)).toBeUndefined();
    expect(firstLinkFailure({ ...GOOD_LINK, live: false, used: true })).toBe('LINK_EXPIRED');
  });
});
