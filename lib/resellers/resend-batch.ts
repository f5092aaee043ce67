import { accountErrors } from '#lib/accounts/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { ResellerInvitation } from './invitation.ts';
import { requireActive, resendInvitation, type Sender } from './send.ts';

/** What became of one invitation of a batch. */
export type Resent =
  | { readonly invitationId: string; readonly sent: ResellerInvitation }
  | { readonly invitationId: string; readonly refused: Refusal };

/**
 * DEV-117, DEV-56: each is sent, or refused, by itself; duplicates count once. One after the other, because the first commit of a
 * request carries its idempotency mark.
 * @throws Refusal PARTNER_INACTIVE
 */
export async function resendInvitations(
  sender: Sender,
  invitationIds: readonly string[],
  now: Instant,
): Promise<Resent[]> {
  const member = requireActive(sender);
  const results: Resent[] = [];
  let outage: Refusal | undefined;
  for (const invitationId of new Set(invitationIds)) {
    // A registry that does not answer is not waited for a hundred times.
    const result: Resent = outage ? { invitationId, refused: outage } : await attempt(member, invitationId, now);
    if ('refused' in result && result.refused.definition === accountErrors.PLATFORM_UNAVAILABLE)
      outage = result.refused;
    results.push(result);
  }
  return results;
}

async function attempt(member: Member, invitationId: string, now: Instant): Promise<Resent> {
  try {
    return { invitationId, sent: await resendInvitation(member, invitationId, now) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The request as a whole succeeds, so the refusal of this one is traced here (DEV-04).
    const trace = { outcome: 'refused' as const, code: error.definition.code, after: { invitationId } };
    await transact({ writes: [], trace, aside: true });
    return { invitationId, refused: error };
  }
}
