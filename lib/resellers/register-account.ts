import { type AccountFacts, registerAccount } from '#lib/accounts/index.ts';
import { derivedId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { requireRegion } from './invitable.ts';
import { openInvitation } from './open.ts';

/**
 * DEV-118: an invitee without an account registers one with the invited address; the mailed link proves that the address is theirs.
 * The password is handed through to the platform and kept nowhere.
 * @throws Refusal RESELLER_INVITATION_NOT_FOUND, INVITATION_EXPIRED, INVITATION_USED, REGION_NOT_AUTHORIZED, ACCOUNT_EXISTS,
 *   PASSWORD_REFUSED, PLATFORM_UNAVAILABLE
 */
export async function registerInvitedAccount(
  { token, countryRegion, password }: { token: string; countryRegion: string; password: string },
  now: Instant,
): Promise<AccountFacts> {
  const { invitation } = await openInvitation(token, now);
  await requireRegion(invitation.distributorId, countryRegion);
  const { invitationId, email } = invitation;
  const requestId = derivedId('reg', invitationId, email);
  return registerAccount({ country: countryRegion, email, password, requestId });
}
