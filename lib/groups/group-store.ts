import { getItem, getItems, type Item, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { groupErrors } from './errors.ts';
import { ACCOUNTS_PER_GROUP, GROUPS_PER_PARENT, type Group, type GroupStanding, nameKeyOf } from './group.ts';

const TABLE = 'groups';
const key = (groupId: string) => ({ pk: `GROUP#${groupId}`, sk: 'GROUP' });
const parentPartition = (parentId: string): string => `PARENT#${parentId}`;
const groupsKey = (parentId: string) => ({ pk: parentPartition(parentId), sk: 'GROUPS' });
const nameClaim = ({ parentId, name }: Pick<Group, 'parentId' | 'name'>) => ({
  pk: parentPartition(parentId),
  sk: `NAME#${nameKeyOf(name)}`,
});

export async function loadGroup(groupId: string): Promise<Group | undefined> {
  const item = await getItem(TABLE, key(groupId));
  return item && toGroup(item);
}

/** All groups of a parent in the order of their names; at most 200 (CUS-224). */
export async function listGroupsOf(parentId: string): Promise<Group[]> {
  const ids: string[] = [];
  const names = { table: TABLE, pk: parentPartition(parentId), sk: { beginsWith: 'NAME#' } } as const;
  for await (const item of queryAll(names)) ids.push(String(item.groupId));
  const groups = await loadGroups(ids);
  return ids.flatMap((id) => groups.get(id) ?? []);
}

export async function loadGroups(groupIds: readonly string[]): Promise<Map<string, Group>> {
  return new Map((await getItems(TABLE, groupIds.map(key))).map((item) => [String(item.groupId), toGroup(item)]));
}

/** Whether a parent has any. */
export async function hasGroups(parentId: string): Promise<boolean> {
  const item = await getItem(TABLE, groupsKey(parentId), { consistent: false });
  return item !== undefined && Number(item.groupCount) > 0;
}

/** A new group with its place among its siblings. @throws by onConflict GROUP_LIMIT, GROUP_NAME_TAKEN */
export const putNewGroup = (group: Group): Write[] => [
  {
    table: TABLE,
    update: groupsKey(group.parentId),
    set: 'ADD groupCount :one',
    condition: 'attribute_not_exists(pk) OR groupCount < :most',
    values: { ':one': 1, ':most': GROUPS_PER_PARENT },
    onConflict: groupErrors.GROUP_LIMIT,
  },
  claimName(group),
  { table: TABLE, put: { ...key(group.groupId), ...group }, condition: 'attribute_not_exists(pk)' },
];

const claimName = (group: Group): Write => ({
  table: TABLE,
  put: { ...nameClaim(group), groupId: group.groupId },
  condition: 'attribute_not_exists(pk)',
  onConflict: groupErrors.GROUP_NAME_TAKEN,
});

const releaseName = (group: Group): Write => ({
  table: TABLE,
  remove: nameClaim(group),
  condition: 'groupId = :groupId',
  values: { ':groupId': group.groupId },
});

/**
 * Writes the settings that differ, under the version; members come and go meanwhile without being in the way. Somebody else's change
 * fails it (ConditionFailed).
 */
export function changeGroup(before: Group, after: Group): Write[] {
  const settings = { ...settingsOf(after), version: before.version + 1 };
  const renamed = nameKeyOf(before.name) !== nameKeyOf(after.name);
  return [
    {
      table: TABLE,
      update: key(before.groupId),
      ...assignments(settings),
      condition: 'version = :seen',
      values: { ...assignments(settings).values, ':seen': before.version },
    },
    ...(renamed ? [releaseName(before), claimName(after)] : []),
  ];
}

const settingsOf = ({ name, account, status, planName, budget }: Group) => ({
  name,
  account,
  status,
  planName,
  budget: budget && storeMoney(budget),
});

/** `undefined` removes. */
function assignments(fields: Readonly<Record<string, unknown>>) {
  const names = Object.keys(fields);
  const set = names.filter((name) => fields[name] !== undefined);
  const gone = names.filter((name) => fields[name] === undefined);
  const removal = gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}` : '';
  return {
    set: `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}${removal}`,
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(set.map((name) => [`:${name}`, fields[name]])),
  };
}

/** CUS-223: an empty group alone goes, also when somebody assigns at the same moment (ConditionFailed). */
export const removeGroup = (group: Group): Write[] => [
  {
    table: TABLE,
    remove: key(group.groupId),
    condition: 'version = :seen AND members = :none',
    values: { ':seen': group.version, ':none': 0 },
  },
  releaseName(group),
  {
    table: TABLE,
    update: groupsKey(group.parentId),
    set: 'ADD groupCount :less',
    condition: 'groupCount > :none',
    values: { ':less': -1, ':none': 0 },
  },
];

/** One more account; fails when the group is full or gone (ConditionFailed). */
export const countJoining = (groupId: string): Write => ({
  table: TABLE,
  update: key(groupId),
  set: 'ADD members :one, moves :one',
  condition: 'attribute_exists(pk) AND members < :most',
  values: { ':one': 1, ':most': ACCOUNTS_PER_GROUP },
});

export const countLeaving = (groupId: string): Write => ({
  table: TABLE,
  update: key(groupId),
  set: 'ADD members :less, moves :one',
  condition: 'members > :none',
  values: { ':less': -1, ':one': 1, ':none': 0 },
});

/** Fails when settings, members or the standing changed since the group was read: what was summed is not what counts (ConditionFailed). */
export const replaceStanding = (seen: Group, standing: GroupStanding): Write => ({
  table: TABLE,
  update: key(seen.groupId),
  set: 'SET standing = :standing, evaluation = :next',
  condition: 'evaluation = :evaluation AND version = :version AND moves = :moves',
  values: {
    ':standing': standing,
    ':next': seen.evaluation + 1,
    ':evaluation': seen.evaluation,
    ':version': seen.version,
    ':moves': seen.moves,
  },
});

function toGroup(item: Item): Group {
  const { pk: _pk, sk: _sk, ...group } = item;
  const budget = group.budget === undefined ? undefined : loadMoney(group.budget);
  return { ...group, budget } as unknown as Group;
}
