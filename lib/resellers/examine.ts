import { accountErrors, findAccount } from '#lib/accounts/index.ts';
import { customerIdsOfAccounts, loadCustomer } from '#lib/customers/index.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Identity, loadIdentity } from '#lib/shared/identities.ts';
import { type PartnerStanding, requireStanding } from '#lib/shared/standing.ts';
import { isTaken } from './applicant-store.ts';
import { companyKeys, type EligibilityFacts } from './eligibility.ts';
import type { Application } from './invitation.ts';
import { loadRegions } from './regions-store.ts';

export interface Examined {
  readonly facts: EligibilityFacts;
  readonly distributor: { readonly profile: Partner; readonly standing: PartnerStanding };
}

/** Collects what the checks of DEV-119 look at: of the platform, of this service, and of the distributor. */
export async function examine(distributorId: string, { accountId, subject, company }: Application): Promise<Examined> {
  const account = await findAccount({ accountId });
  if (!account) throw new Refusal(accountErrors.ACCOUNT_NOT_FOUND);
  const { countryRegion, companyName } = company;
  const [identity, associatedCustomer, companyTaken, { regions }, standing, profile] = await Promise.all([
    loadIdentity(subject),
    isAssociatedCustomer(accountId),
    isTaken(accountId, companyKeys(account, countryRegion, companyName)),
    loadRegions(distributorId),
    requireStanding(distributorId),
    loadPartner(distributorId),
  ]);
  if (!profile) throw new Error(`no profile of ${distributorId}`);
  const facts: EligibilityFacts = {
    account,
    actsAs: actsAs(identity),
    associatedCustomer,
    companyTaken,
    countryRegion,
    distributorActive: standing.status === 'active',
    distributorCountry: profile.registrationArea.countryRegion,
    authorizedRegions: regions,
  };
  return { facts, distributor: { profile, standing } };
}

function actsAs(identity: Identity | undefined): EligibilityFacts['actsAs'] {
  if (!identity) return 'nobody';
  return identity.kind === 'customer' ? 'customer' : 'partner';
}

async function isAssociatedCustomer(accountId: string): Promise<boolean> {
  const customerId = (await customerIdsOfAccounts([accountId])).get(accountId);
  const customer = customerId === undefined ? undefined : await loadCustomer(customerId, { consistent: true });
  return customer?.association !== undefined && customer.association.endedAt === undefined;
}
