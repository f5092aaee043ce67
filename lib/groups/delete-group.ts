import { Refusal } from '#lib/shared/errors.ts';
import { removeGroupIdentity } from '#lib/shared/identities.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { requireGroup } from './change-group.ts';
import { groupErrors } from './errors.ts';
import { removeGroup } from './group-store.ts';
import { groupEvent, tracedGroup, tracePartner } from './happened.ts';

/** CUS-223. Its past memberships, plans and alerts stay. @throws Refusal GROUP_NOT_FOUND, GROUP_NOT_EMPTY */
export async function deleteGroup(groupId: string, now: Instant): Promise<void> {
  await redecide(async () => {
    const group = await requireGroup(groupId);
    if (group.members > 0) throw new Refusal(groupErrors.GROUP_NOT_EMPTY);
    const identity = group.subject ? [removeGroupIdentity(group.subject, groupId)] : [];
    await transact({
      writes: [...removeGroup(group), ...identity],
      events: [groupEvent(group, 'deleted', now)],
      trace: { ...tracePartner(group.parentId), before: tracedGroup(group) },
    });
  });
}
