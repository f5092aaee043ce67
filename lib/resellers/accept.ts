import { resellerAssociationRequested } from '#events/resellers.ts';
import { type AccountFacts, accountErrors, findAccount } from '#lib/accounts/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { putApplicant } from './applicant-store.ts';
import { resellerErrors } from './errors.ts';
import { requireRegion, requireStillInvitable } from './invitable.ts';
import { acceptanceBy, type Company, type ResellerInvitation, requested } from './invitation.ts';
import { replaceInvitation } from './invitation-store.ts';
import { followLink } from './link.ts';

export interface AcceptanceWish {
  readonly token: string;
  readonly company: Company;
}

/**
 * DEV-118, DEV-121: the account behind a sign-in asks to become a reseller, or asks again after a restriction. The checks follow by
 * the event; asking while they run changes nothing.
 * @throws Refusal RESELLER_INVITATION_NOT_FOUND, INVITATION_EXPIRED, INVITATION_USED, ALREADY_RESELLER, REGION_NOT_AUTHORIZED,
 *   ACCOUNT_NOT_FOUND, COUNTRY_FIXED, PLATFORM_UNAVAILABLE
 */
export async function acceptInvitation(
  subject: string,
  { token, company }: AcceptanceWish,
  now: Instant,
): Promise<ResellerInvitation> {
  return redecide(async () => {
    const link = await followLink(token);
    if (!link) throw new Refusal(resellerErrors.RESELLER_INVITATION_NOT_FOUND);
    const account = await findAccount({ subject });
    if (!account) throw new Refusal(accountErrors.ACCOUNT_NOT_FOUND);
    switch (acceptanceBy(link.invitation, account.accountId, link, now)) {
      case 'expired':
        throw new Refusal(resellerErrors.INVITATION_EXPIRED);
      case 'used':
        throw new Refusal(resellerErrors.INVITATION_USED);
      case 'already-requested':
        return link.invitation;
      case 'request':
        return request(link.invitation, account, company, now);
    }
  });
}

async function request(
  before: ResellerInvitation,
  account: AccountFacts,
  company: Company,
  now: Instant,
): Promise<ResellerInvitation> {
  await requireStillInvitable(account, before.email);
  await requireRegion(before.distributorId, company.countryRegion);
  // DEV-89: the account's country is its company's for good.
  if (account.servicesEnabled && account.country !== company.countryRegion)
    throw new Refusal(accountErrors.COUNTRY_FIXED);
  const { accountId, accountName, subject } = account;
  const after = requested(before, { accountId, accountName, subject, company }, now);
  await transact({
    writes: [replaceInvitation(before, after), putApplicant(accountId, before.invitationId)],
    events: [event(resellerAssociationRequested, toRequested(after), now)],
    trace: {
      partnerId: before.distributorId,
      before: { invitationId: before.invitationId, status: before.status },
      after: { status: after.status, application: after.application },
    },
  });
  return after;
}

const toRequested = ({ invitationId, distributorId, application }: ResellerInvitation) => ({
  invitationId,
  distributorId,
  accountId: application?.accountId ?? '',
  attempt: application?.attempt ?? 0,
  requestedAt: application?.requestedAt ?? '',
});
