import type { Actor } from '#lib/shared/actor.ts';
import { loadMember } from '#lib/shared/identities.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Customer } from '../customer.ts';
import { loadFacts } from './assignment-store.ts';
import { type Assignment, assignmentsOf } from './history.ts';
import { toAssignmentHistoryView } from './manager-view.ts';

/** Every account manager that a customer has had with a partner, oldest first, as it stands now (CUS-206). */
export const loadAssignments = async (customerId: string, partnerId: string, now: Instant): Promise<Assignment[]> =>
  assignmentsOf(await loadFacts(customerId, partnerId), now);

/** CUS-054, CUS-245: newest first. Each partner knows its own managers (CUS-189); operators see those of both. */
export async function readHistory({ customerId, association }: Customer, actor: Actor, now: Instant) {
  const partnerIds = actor.kind === 'member' ? [actor.partnerId] : [association?.partnerId, association?.resellerId];
  const known = partnerIds.filter((partnerId) => partnerId !== undefined);
  const histories = await Promise.all(known.map((partnerId) => loadAssignments(customerId, partnerId, now)));
  const members = await loadNames(histories.flat().map(({ memberId }) => memberId));
  return known
    .flatMap((partnerId, i) =>
      (histories[i] ?? []).map((each) => toAssignmentHistoryView(partnerId, each, members.get(each.memberId))),
    )
    .sort((a, b) => (a.assignedAt < b.assignedAt ? 1 : -1));
}

async function loadNames(memberIds: readonly string[]) {
  const distinct = [...new Set(memberIds)];
  const members = await Promise.all(distinct.map(loadMember));
  return new Map(distinct.map((memberId, i) => [memberId, members[i]]));
}
