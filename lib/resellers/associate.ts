import { resellerAssociated, resellerAssociationRestricted } from '#events/resellers.ts';
import { type AccountFacts, accountErrors, enableServices } from '#lib/accounts/index.ts';
import { type Partner, registrationWrites } from '#lib/partners/index.ts';
import { MAX_DELIVERIES } from '#lib/shared/consumer.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { standingUnchanged } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { claimReseller, removeApplicant } from './applicant-store.ts';
import { companyKeys, type Restriction, restrictionsOf } from './eligibility.ts';
import { type Examined, examine } from './examine.ts';
import { type Application, associated, type ResellerInvitation, restricted } from './invitation.ts';
import { loadResellerInvitation, replaceInvitation } from './invitation-store.ts';
import { settlePurchaseBlock } from './purchase-block.ts';

/** Names one request for association; a later one of the same invitation has another attempt. */
export interface AssociationRequest {
  readonly invitationId: string;
  readonly accountId: string;
  readonly attempt: number;
}

/**
 * Works off a request for association (DEV-119 to DEV-122). It is decided once, however often it arrives. When the platform cannot be
 * asked it is tried again; at the last delivery the applicant is told to ask again (DEV-201).
 */
export async function associateReseller(request: AssociationRequest, delivery: number, now: Instant): Promise<void> {
  try {
    await settlePurchaseBlock(request.accountId); // before anything is looked at, so that nothing is bought after the look
    await redecide(() => decide(request, now));
  } catch (error) {
    if (delivery < MAX_DELIVERIES) throw error;
    log.error('association could not be checked', error, { ...request });
    await redecide(() => giveUpChecking(request, now));
  }
}

async function decide(request: AssociationRequest, now: Instant): Promise<void> {
  const open = await loadOpen(request);
  if (!open) return;
  const examined = await examine(open.invitation.distributorId, open.application);
  const reasons = restrictionsOf(examined.facts);
  if (reasons.length > 0) return restrict(open, reasons, now);
  const account = await withServices(open.application);
  return account ? associate(open, examined, now) : restrict(open, ['COUNTRY_MISMATCH'], now);
}

async function giveUpChecking(request: AssociationRequest, now: Instant): Promise<void> {
  const open = await loadOpen(request);
  if (open) await restrict(open, ['SYSTEM_BUSY'], now);
}

interface Open {
  readonly invitation: ResellerInvitation;
  readonly application: Application;
}

/** The request, if it is still the one to be answered. */
async function loadOpen({ invitationId, accountId, attempt }: AssociationRequest): Promise<Open | undefined> {
  const invitation = await loadResellerInvitation(invitationId);
  const application = invitation?.application;
  if (invitation?.status !== 'in-progress' || !application) return undefined;
  return application.accountId === accountId && application.attempt === attempt
    ? { invitation, application }
    : undefined;
}

/** ONB-134: enabling services comes before joining. @returns `undefined` when the country was fixed to another one meanwhile */
async function withServices({ accountId, company }: Application): Promise<AccountFacts | undefined> {
  try {
    return await enableServices(accountId, company.countryRegion);
  } catch (error) {
    if (error instanceof Refusal && error.definition === accountErrors.COUNTRY_FIXED) return undefined;
    throw error;
  }
}

async function restrict(
  { invitation, application }: Open,
  reasons: readonly Restriction[],
  now: Instant,
): Promise<void> {
  const { invitationId, distributorId } = invitation;
  const { accountId, attempt } = application;
  const detail = { invitationId, distributorId, accountId, attempt, reasons: [...reasons], restrictedAt: now };
  await transact({
    writes: [replaceInvitation(invitation, restricted(invitation, reasons))],
    events: [event(resellerAssociationRestricted, detail, now)],
    trace: { partnerId: distributorId, after: { invitationId, status: 'restricted', reasons } },
  });
}

/** DEV-123, DEV-124: partner, owner, company and invitation leave together; whoever comes second decides anew and finds the reason. */
async function associate({ invitation, application }: Open, { facts, distributor }: Examined, now: Instant) {
  const { invitationId, distributorId } = invitation;
  const { accountId } = application;
  const { partner, writes } = registrationWrites(
    ...toRegistration(invitation, application, facts.account, distributor),
    now,
  );
  const resellerId = partner.partnerId;
  const { companyName, countryRegion } = application.company;
  const companies = companyKeys(facts.account, countryRegion, companyName);
  await transact({
    writes: [
      ...writes.map(toBeRedecided),
      ...claimReseller({ accountId, partnerId: resellerId, distributorId }, companies),
      removeApplicant(accountId, invitationId),
      replaceInvitation(invitation, associated(invitation, resellerId, now)),
      standingUnchanged(distributor.standing),
    ],
    events: [event(resellerAssociated, { invitationId, distributorId, resellerId, accountId, associatedAt: now }, now)],
    trace: { partnerId: distributorId, after: { invitationId, status: 'associated', partner } },
  });
}

const toBeRedecided = (write: Write): Write => ({ ...write, onConflict: undefined });

/** DEV-118: joining is becoming the distributor's reseller. It pays nothing to the platform (DEV-11), so quotas lend it their currency. */
function toRegistration(
  { distributorId }: ResellerInvitation,
  { accountName, subject, company }: Application,
  { email }: AccountFacts,
  { profile }: Examined['distributor'],
) {
  const { companyName, countryRegion, stateProvince, contact, language, timeZone } = company;
  const wish: Omit<Partner, 'partnerId' | 'registeredAt' | 'version'> = {
    type: 'reseller',
    companyName,
    accountName,
    distributorId,
    registrationArea: { countryRegion, stateProvince },
    contact,
    language,
    timeZone,
    paymentCurrency: profile.paymentCurrency,
    budgetSmsEnabled: false,
  };
  return [wish, { subject, name: contact.name, email, mobileNumber: contact.mobileNumber }] as const;
}
