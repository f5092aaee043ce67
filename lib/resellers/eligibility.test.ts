import { describe, expect, it } from 'vitest';
import type { AccountFacts } from '#lib/accounts/index.ts';
import { instant } from '#lib/shared/time.ts';
import { companyKeys, type EligibilityFacts, RESTRICTIONS, restrictionsOf } from './eligibility.ts';

const account: AccountFacts = {
  accountId: 'acc-1',
  accountName: 'acme',
  email: 'it@acme.example',
  subject: 'account:acc-1',
  userType: 'enterprise',
  site: 'international',
  registeredAt: instant('2024-08-01T00:00:00Z'),
  country: 'SG',
  servicesEnabled: false,
  hasCashExpenditure: false,
  directSalesFollowUp: false,
  onlineSalesOwned: false,
  contracts: [],
  enterpriseRole: 'none',
  hasIndependentAccountingMembers: false,
  unifiedAccounting: false,
  overdue: false,
  creditBillRunCreated: false,
  topUpBalance: '0.00',
  outstandingInvoiceAmount: '0.00',
  reservedInstances: [],
  ordersAwaitingPartnerPayment: 0,
  isPartner: false,
  isApplyingPartner: false,
  isInternalAccount: false,
  hasProvisionedResources: false,
  hasConsumptionRecords: false,
  listed: 'none',
  frozenFor: 'none',
  hasCreditAccount: false,
  realNameAuthentication: 'none',
  purchaseBlocked: false,
};

const factsWith = (changed: Partial<AccountFacts>, more: Partial<EligibilityFacts> = {}): EligibilityFacts => ({
  account: { ...account, ...changed },
  actsAs: 'nobody',
  associatedCustomer: false,
  companyTaken: false,
  countryRegion: 'SG',
  distributorActive: true,
  distributorCountry: 'SG',
  authorizedRegions: ['SG'],
  ...more,
});

describe('restrictionsOf', () => {
  it('DEV-119: nothing stands in the way of a fresh account, also with services enabled and purchases blocked', () => {
    expect(restrictionsOf(factsWith({}))).toEqual([]);
    expect(restrictionsOf(factsWith({ servicesEnabled: true, purchaseBlocked: true }))).toEqual([]);
  });

  it.each([
    ['PROVISIONED_RESOURCES', { hasProvisionedResources: true }],
    ['ARREARS', { overdue: true }],
    ['CONSUMPTION_RECORDS', { hasConsumptionRecords: true }],
    ['CONSUMPTION_RECORDS', { hasCashExpenditure: true }],
    ['OTHER_PATH_OR_PROGRAM', { isPartner: true }],
    ['OTHER_PATH_OR_PROGRAM', { isApplyingPartner: true }],
    ['BLACK_OR_YELLOW_LISTED', { listed: 'black' }],
    ['BLACK_OR_YELLOW_LISTED', { listed: 'yellow' }],
    ['ACCOUNT_FROZEN', { frozenFor: 'security' }],
    ['ACCOUNT_FROZEN', { frozenFor: 'arrears' }],
    ['ACCOUNT_FROZEN', { frozenFor: 'violation' }],
    ['ENTERPRISE_ROLE', { enterpriseRole: 'master' }],
    ['ENTERPRISE_ROLE', { enterpriseRole: 'member' }],
    ['CREDIT_ACCOUNT', { hasCreditAccount: true }],
    ['PLATFORM_PREREGISTRATION', { directSalesFollowUp: true }],
    ['REAL_NAME_AUTHENTICATION', { realNameAuthentication: 'done' }],
    ['REAL_NAME_AUTHENTICATION', { realNameAuthentication: 'under-way' }],
  ] as const)('DEV-119: %s for %j', (reason, changed) => {
    expect(restrictionsOf(factsWith(changed))).toEqual([reason]);
  });

  it.each([
    ['OTHER_PATH_OR_PROGRAM', { actsAs: 'partner' }],
    ['PARTNER_ASSOCIATION', { actsAs: 'customer' }],
    ['PARTNER_ASSOCIATION', { associatedCustomer: true }],
    ['COMPANY_WITH_DISTRIBUTOR', { companyTaken: true }],
    ['COUNTRY_MISMATCH', { distributorCountry: 'MY' }],
    ['REGION_NOT_AUTHORIZED', { authorizedRegions: ['MY'] }],
    ['DISTRIBUTOR_INACTIVE', { distributorActive: false }],
  ] as const)('DEV-119, DEV-115, DEV-122, ONB-139: %s for %j', (reason, more) => {
    expect(restrictionsOf(factsWith({}, more))).toEqual([reason]);
  });

  it('DEV-115, DEV-89: the country of an account counts once services are enabled, until then that of the request', () => {
    expect(restrictionsOf(factsWith({ country: 'MY', servicesEnabled: false }))).toEqual([]);
    expect(restrictionsOf(factsWith({ country: 'MY', servicesEnabled: true }))).toEqual(['COUNTRY_MISMATCH']);
  });

  it('DEV-119: everything that is in the way is told at once', () => {
    const everything = factsWith(
      {
        hasProvisionedResources: true,
        overdue: true,
        hasConsumptionRecords: true,
        isPartner: true,
        listed: 'black',
        frozenFor: 'arrears',
        enterpriseRole: 'member',
        hasCreditAccount: true,
        directSalesFollowUp: true,
        realNameAuthentication: 'done',
      },
      {
        associatedCustomer: true,
        companyTaken: true,
        distributorCountry: 'MY',
        authorizedRegions: [],
        distributorActive: false,
      },
    );
    expect(restrictionsOf(everything)).toEqual(RESTRICTIONS.filter((reason) => reason !== 'SYSTEM_BUSY'));
  });
});

describe('companyKeys', () => {
  it('ONB-10, ONB-139: the platform id of the company, and country with name however it is written', () => {
    expect(companyKeys({ companyId: 'C-1' }, 'SG', 'Acme Pte. Ltd.')).toEqual(['id:C-1', 'name:SG:acme pte. ltd.']);
    const written = ['  ACME   Pte.\tLtd. ', 'acme pte. ltd.', 'Ａcme Pte. Ltd.'];
    for (const name of written) expect(companyKeys({}, 'SG', name)).toEqual(['name:SG:acme pte. ltd.']);
    expect(companyKeys({}, 'MY', 'Acme Pte. Ltd.')).toEqual(['name:MY:acme pte. ltd.']);
    expect(companyKeys({}, 'SG', 'STRASSE')).toEqual(companyKeys({}, 'SG', 'Straße'));
  });
});
