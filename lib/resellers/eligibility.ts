import type { AccountFacts } from '#lib/accounts/index.ts';

/** Why an association is restricted (DEV-119), in the order in which they are told. SYSTEM_BUSY: it could not be checked (DEV-201). */
export const RESTRICTIONS = [
  'PROVISIONED_RESOURCES',
  'ARREARS',
  'CONSUMPTION_RECORDS',
  'OTHER_PATH_OR_PROGRAM',
  'BLACK_OR_YELLOW_LISTED',
  'COMPANY_WITH_DISTRIBUTOR',
  'ACCOUNT_FROZEN',
  'ENTERPRISE_ROLE',
  'CREDIT_ACCOUNT',
  'PLATFORM_PREREGISTRATION',
  'PARTNER_ASSOCIATION',
  'REAL_NAME_AUTHENTICATION',
  'COUNTRY_MISMATCH',
  'REGION_NOT_AUTHORIZED',
  'DISTRIBUTOR_INACTIVE',
  'SYSTEM_BUSY',
] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** What the checks look at, all of the same moment. */
export interface EligibilityFacts {
  readonly account: AccountFacts;
  /** As whom the account's sign-in acts here already. */
  readonly actsAs: 'nobody' | 'partner' | 'customer';
  readonly associatedCustomer: boolean;
  /** This account, or another one of the same company, is a reseller of some distributor (ONB-139). */
  readonly companyTaken: boolean;
  readonly countryRegion: string;
  readonly distributorActive: boolean;
  readonly distributorCountry: string;
  readonly authorizedRegions: readonly string[];
}

/** DEV-119, DEV-115, DEV-122: everything that is in the way, at once. */
export function restrictionsOf(facts: EligibilityFacts): Restriction[] {
  const inTheWay = checks(facts);
  return RESTRICTIONS.filter((restriction) => inTheWay[restriction]);
}

function checks(facts: EligibilityFacts): Readonly<Partial<Record<Restriction, boolean>>> {
  const { account, actsAs, countryRegion } = facts;
  return {
    PROVISIONED_RESOURCES: account.hasProvisionedResources,
    ARREARS: account.overdue,
    CONSUMPTION_RECORDS: account.hasConsumptionRecords || account.hasCashExpenditure,
    OTHER_PATH_OR_PROGRAM: account.isPartner || account.isApplyingPartner || actsAs === 'partner',
    BLACK_OR_YELLOW_LISTED: account.listed !== 'none',
    COMPANY_WITH_DISTRIBUTOR: facts.companyTaken,
    ACCOUNT_FROZEN: account.frozenFor !== 'none',
    ENTERPRISE_ROLE: account.enterpriseRole !== 'none',
    CREDIT_ACCOUNT: account.hasCreditAccount,
    PLATFORM_PREREGISTRATION: account.directSalesFollowUp, // resellers read "pre-registered by direct sales"; the same flag
    PARTNER_ASSOCIATION: facts.associatedCustomer || actsAs === 'customer',
    REAL_NAME_AUTHENTICATION: account.realNameAuthentication !== 'none',
    // The country of an account is fixed by enabling services (DEV-89); until then the one that was applied with counts.
    COUNTRY_MISMATCH:
      countryRegion !== facts.distributorCountry || (account.servicesEnabled && account.country !== countryRegion),
    DISTRIBUTOR_INACTIVE: !facts.distributorActive,
    REGION_NOT_AUTHORIZED: !facts.authorizedRegions.includes(countryRegion),
  };
}

/**
 * Under which a company is known (ONB-10): its platform id where there is one, and country with name, which compares trimmed, case
 * folded and with single spaces.
 */
export function companyKeys(account: Pick<AccountFacts, 'companyId'>, countryRegion: string, name: string): string[] {
  const folded = name.trim().normalize('NFKC').toUpperCase().toLowerCase().replaceAll(/\s+/g, ' ');
  return [...(account.companyId ? [`id:${account.companyId}`] : []), `name:${countryRegion}:${folded}`];
}
