import { transact } from '#lib/shared/transaction.ts';
import type { Group } from './group.ts';
import type { REVEALABLE_GROUP_FIELDS } from './group-view.ts';
import { tracePartner } from './happened.ts';

/** One field of the group's account in clear. The trace names whose field was shown to whom, before it is. */
export async function revealGroupField(
  { groupId, parentId, account }: Group,
  field: (typeof REVEALABLE_GROUP_FIELDS)[number],
): Promise<{ groupId: string; field: string; value: string }> {
  await transact({ writes: [], trace: { ...tracePartner(parentId), after: { groupId, field } } });
  return { groupId, field, value: account[field] };
}
