import { getItem, getItems, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { type BillingMonth, type Instant, monthStart, nextMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type Membership, wasMemberAtEnd } from './membership.ts';

const TABLE = 'groups';
const claimKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}`, sk: 'GROUP' });
const partition = (groupId: string): string => `GROUP#${groupId}`;
const memberKey = ({ groupId, accountId }: Membership) => ({ pk: partition(groupId), sk: `MEMBER#${accountId}` });

/** In which group an account is. */
export async function loadMembership(accountId: string): Promise<Membership | undefined> {
  const item = await getItem(TABLE, claimKey(accountId));
  return item && toMembership(item);
}

/** Those of the accounts that are in a group. */
export async function loadMemberships(accountIds: readonly string[]): Promise<Map<string, Membership>> {
  const items = await getItems(TABLE, accountIds.map(claimKey));
  return new Map(items.map((item) => [String(item.accountId), toMembership(item)]));
}

/** An account comes into a group; two at once cannot both have it (ConditionFailed). */
export const putMembership = (membership: Membership): Write[] => [
  {
    table: TABLE,
    put: { ...claimKey(membership.accountId), ...membership },
    condition: 'attribute_not_exists(pk)',
  },
  { table: TABLE, put: { ...memberKey(membership), ...membership }, condition: 'attribute_not_exists(pk)' },
];

/** An account goes from one group into another; unless it has gone elsewhere since (ConditionFailed). */
export const replaceMembership = (before: Membership, after: Membership): Write[] => [
  {
    table: TABLE,
    put: { ...claimKey(after.accountId), ...after },
    ...isStill(before),
  },
  ...closeMembership(before, after.joinedAt),
  { table: TABLE, put: { ...memberKey(after), ...after }, condition: 'attribute_not_exists(pk)' },
];

/** An account leaves its group; unless it has gone elsewhere since (ConditionFailed). */
export const removeMembership = (before: Membership, leftAt: Instant): Write[] => [
  { table: TABLE, remove: claimKey(before.accountId), ...isStill(before) },
  ...closeMembership(before, leftAt),
];

const isStill = ({ groupId, joinedAt }: Membership) => ({
  condition: 'groupId = :group AND joinedAt = :joined',
  values: { ':group': groupId, ':joined': joinedAt },
});

/** Dated, so that closed months keep their members (CUS-237). One that lasted no time was a member at the end of no month. */
function closeMembership(membership: Membership, leftAt: Instant): Write[] {
  const removal: Write = { table: TABLE, remove: memberKey(membership), condition: 'attribute_exists(pk)' };
  if (leftAt <= membership.joinedAt) return [removal];
  const key = { pk: partition(membership.groupId), sk: `LEFT#${leftAt}#${membership.accountId}` };
  return [removal, { table: TABLE, put: { ...key, ...membership, leftAt }, condition: 'attribute_not_exists(pk)' }];
}

/** Present members in the order of their ids; strongly consistent. */
export async function listMembers(groupId: string): Promise<Membership[]> {
  const members: Membership[] = [];
  const query = { table: TABLE, pk: partition(groupId), sk: { beginsWith: 'MEMBER#' } } as const;
  for await (const item of queryAll(query)) members.push(toMembership(item));
  return members;
}

export async function pageOfMembers(
  groupId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ members: Membership[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: TABLE, pk: partition(groupId), sk: { beginsWith: 'MEMBER#' }, ...page });
  return { members: answer.items.map(toMembership), nextKey: answer.nextKey };
}

/** Members at the end of a month that is over, those included that have left since. */
export async function listMembersAtEnd(groupId: string, month: BillingMonth): Promise<Membership[]> {
  const members = await listMembers(groupId);
  const left = { between: [`LEFT#${monthStart(nextMonth(month))}`, 'LEFT#~'] } as const;
  for await (const item of queryAll({ table: TABLE, pk: partition(groupId), sk: left }))
    members.push(toMembership(item));
  return members
    .filter((membership) => wasMemberAtEnd(membership, month))
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

function toMembership(item: Item): Membership {
  const { pk: _pk, sk: _sk, ...membership } = item;
  return membership as unknown as Membership;
}
