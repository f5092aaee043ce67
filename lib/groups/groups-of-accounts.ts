import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { groupErrors } from './errors.ts';
import type { Group } from './group.ts';
import { groupScope } from './group-scope.ts';
import { hasGroups, loadGroups } from './group-store.ts';
import { loadMemberships } from './member-store.ts';

/** Who else asks for a group finds none (CUS-012). */
export const seesGroups = ({ permissions }: Member): boolean => permissions.has('group.manage');

/** CUS-230: the group of a parent in which each account stands; those in none, or in another parent's, are left out. */
export async function groupsOfAccounts(
  parentId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<Group, 'groupId' | 'name'>>> {
  // Most partners have no groups: theirs is one read, not one for each account.
  if (accountIds.length === 0 || !(await hasGroups(parentId))) return new Map();
  const memberships = [...(await loadMemberships(accountIds)).values()].filter((each) => each.parentId === parentId);
  const groups = await loadGroups([...new Set(memberships.map(({ groupId }) => groupId))]);
  return new Map(
    memberships.flatMap(({ accountId, groupId }) => {
      const group = groups.get(groupId);
      return group ? [[accountId, group] as const] : [];
    }),
  );
}

/** @throws Refusal GROUP_NOT_FOUND */
export async function requireSeenGroup(member: Member, groupId: string): Promise<void> {
  if (!seesGroups(member) || !(await groupScope.load(member, groupId, { consistent: false })))
    throw new Refusal(groupErrors.GROUP_NOT_FOUND);
}
