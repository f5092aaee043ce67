import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { setGroupSignIn } from '#lib/shared/identities.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { groupErrors } from './errors.ts';
import type { AccountInformation, Group, GroupStatus } from './group.ts';
import { changeGroup, loadGroup } from './group-store.ts';
import { groupEvent, tracedGroup, tracePartner } from './happened.ts';

export interface GroupUpdate {
  readonly name?: string;
  readonly account?: Partial<AccountInformation>;
}

/** Kind and parent are fixed (CUS-221). @throws Refusal GROUP_NOT_FOUND, VERSION_CONFLICT, GROUP_NAME_TAKEN */
export const updateGroup = (
  groupId: string,
  { name, account }: GroupUpdate,
  expectedVersion: number,
  now: Instant,
): Promise<Group> =>
  changed(groupId, 'updated', now, (group) => {
    requireVersion(group, expectedVersion);
    return { after: { ...group, name: name ?? group.name, account: { ...group.account, ...account } } };
  });

/** CUS-045, CUS-046: with the status goes the sign-in of the group's account. @throws Refusal GROUP_NOT_FOUND, GROUP_STATUS_UNCHANGED */
export const setGroupStatus = (groupId: string, status: GroupStatus, now: Instant): Promise<Group> =>
  changed(groupId, status === 'active' ? 'activated' : 'deactivated', now, (group) => {
    if (group.status === status) throw new Refusal(groupErrors.GROUP_STATUS_UNCHANGED);
    return { after: { ...group, status }, writes: signIn(group, status) };
  });

const signIn = ({ subject, groupId }: Group, status: GroupStatus): Write[] =>
  subject
    ? [setGroupSignIn({ kind: 'group', subject, groupId, status: status === 'active' ? 'normal' : 'locked' })]
    : [];

/** @throws Refusal VERSION_CONFLICT */
export function requireVersion({ version }: Group, expectedVersion: number): void {
  if (version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
}

/** One change of a group's settings, decided again when somebody else changed them meanwhile. @throws Refusal GROUP_NOT_FOUND */
export async function changed(
  groupId: string,
  action: Parameters<typeof groupEvent>[1],
  now: Instant,
  decide: (group: Group) => { readonly after: Group; readonly writes?: readonly Write[]; readonly traced?: object },
): Promise<Group> {
  return redecide(async () => {
    const before = await requireGroup(groupId);
    const { after, writes = [], traced = {} } = decide(before);
    await transact({
      writes: [...changeGroup(before, after), ...writes],
      events: [groupEvent(after, action, now)],
      trace: {
        ...tracePartner(before.parentId),
        before: tracedGroup(before),
        after: { ...tracedGroup(after), ...traced },
      },
    });
    return { ...after, version: before.version + 1 };
  });
}

/** @throws Refusal GROUP_NOT_FOUND */
export async function requireGroup(groupId: string): Promise<Group> {
  const group = await loadGroup(groupId);
  if (!group) throw new Refusal(groupErrors.GROUP_NOT_FOUND);
  return group;
}
