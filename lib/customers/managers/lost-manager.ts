import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { loadIdentity, loadMember, memberUnchanged } from '#lib/shared/identities.ts';
import type { Instant } from '#lib/shared/time.ts';
import { listAssignments } from './assignment-store.ts';
import { isEligible } from './eligible.ts';
import { managerErrors } from './errors.ts';
import { unassign } from './unassign.ts';

const PAGE = 100;

/**
 * CUS-190: the assignments of a member that was locked or lost the role turn `ending`. Heard late or twice it changes nothing: who may
 * manage again meanwhile keeps what is left, and one that is ending keeps its date.
 */
export async function endAssignmentsOfLost(memberId: string, now: Instant): Promise<void> {
  const found = await loadMember(memberId);
  const member = found && (await loadIdentity(found.subject)); // the index may not show the change yet
  if (member?.kind !== 'member' || isEligible(member)) return;
  const of = { partnerId: member.partnerId, memberId, by: 'system', guard: memberUnchanged(member) };
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listAssignments(member.partnerId, memberId, { limit: PAGE, startKey });
    for (const { customerId } of page.assignments) await unassign(customerId, of, now).catch(passRefusal);
    startKey = page.nextKey;
  } while (startKey);
}

/** The index may still show a customer that has left or was given to somebody else. */
function passRefusal(error: unknown): void {
  const gone = [sharedErrors.CUSTOMER_NOT_FOUND, managerErrors.NOT_ASSIGNED];
  if (!(error instanceof Refusal) || !gone.includes(error.definition)) throw error;
}
