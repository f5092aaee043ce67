import type { Member } from './actor.ts';
import { channelsOf } from './challenge.ts';
import { Refusal, sharedErrors } from './errors.ts';
import { type PartnerStanding, putStanding } from './standing.ts';
import { transact } from './transaction.ts';
import { verificationErrors } from './verification-errors.ts';

/**
 * Switches the verification function of a partner (ORG-170). That switching off needs a code is the operation's affair (ORG-171).
 * @throws Refusal VERSION_CONFLICT, CONTACT_MISSING
 */
export async function setVerificationFunction(
  member: Member,
  standing: PartnerStanding,
  wish: { readonly enabled: boolean; readonly expectedVersion: number },
): Promise<PartnerStanding> {
  if (standing.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  if (standing.verificationEnabled === wish.enabled) return standing;
  // ORG-171: who switches it on must be able to get the code that switches it off.
  if (wish.enabled && channelsOf(member).length === 0) throw new Refusal(verificationErrors.CONTACT_MISSING);
  await transact({
    writes: [putStanding({ ...standing, verificationEnabled: wish.enabled }, standing.version)],
    trace: { before: { enabled: standing.verificationEnabled }, after: { enabled: wish.enabled } },
  });
  return { ...standing, verificationEnabled: wish.enabled, version: standing.version + 1 };
}
