import { type AccountFacts, findAccount } from '#lib/accounts/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { loadIdentity } from '#lib/shared/identities.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { resellerErrors } from './errors.ts';
import { normaliseEmail } from './invitation.ts';
import { loadRegions } from './regions-store.ts';

/**
 * DEV-115, DEV-116: at sending, what is known of an account with this address; who has none yet is judged when it accepts.
 * @throws Refusal ALREADY_RESELLER, REGION_NOT_AUTHORIZED, PLATFORM_UNAVAILABLE
 */
export async function requireInvitable(distributorId: string, email: string): Promise<void> {
  const account = await findAccount({ email: normaliseEmail(email) });
  if (!account) return;
  await requireNoReseller(account);
  await requireRegion(distributorId, account.country);
}

/** DEV-116, at acceptance: neither the accepting account nor the invited address belongs to a reseller by now. */
export async function requireStillInvitable(account: AccountFacts, invitedEmail: string): Promise<void> {
  const invited = account.email === invitedEmail ? undefined : await findAccount({ email: invitedEmail });
  for (const each of [account, ...(invited ? [invited] : [])]) await requireNoReseller(each);
}

/** @throws Refusal REGION_NOT_AUTHORIZED */
export async function requireRegion(distributorId: string, countryRegion: string): Promise<void> {
  const { regions } = await loadRegions(distributorId);
  if (!regions.includes(countryRegion)) throw new Refusal(resellerErrors.REGION_NOT_AUTHORIZED);
}

async function requireNoReseller({ subject }: AccountFacts): Promise<void> {
  const identity = await loadIdentity(subject);
  const partner = identity?.kind === 'member' ? await loadStanding(identity.partnerId) : undefined;
  if (partner?.type === 'reseller') throw new Refusal(resellerErrors.ALREADY_RESELLER);
}
