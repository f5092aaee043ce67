import { getItem, getItems, type Item, type ItemPage, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type Invitation, searchable } from './invitation.ts';

const TABLE = 'customer-development';
const key = (invitationId: string) => ({ pk: `INVITATION#${invitationId}`, sk: 'INVITATION' });
const tokenKey = (hash: string) => ({ pk: `TOKEN#${hash}`, sk: 'TOKEN' });
const kindKey = (id: string) => `INVITATION#${id}`;
const dueIndex = { index: 'byDue', keys: { pk: 'dueKey', sk: 'dueSort' } } as const;

/** Thousands of links may end in one minute. */
export const EXPIRY_SHARDS = 8;

/** The orders in which the index of a partner's rows can be walked. */
const HISTORY_INDEXES = {
  createdAt: { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } },
  customerName: { index: 'byCustomerName', keys: { pk: 'partnerKey', sk: 'customerNameSort' } },
  accountName: { index: 'byAccountName', keys: { pk: 'partnerKey', sk: 'accountNameSort' } },
  customTag: { index: 'byCustomTag', keys: { pk: 'partnerKey', sk: 'customTagSort' } },
  email: { index: 'byEmail', keys: { pk: 'partnerKey', sk: 'emailSort' } },
} as const;
export type HistoryOrder = keyof typeof HISTORY_INDEXES;

export async function loadInvitation(invitationId: string): Promise<Invitation | undefined> {
  const item = await getItem(TABLE, key(invitationId));
  return item && toInvitation(item);
}

/** In the order asked for; missing ones are left out. */
export async function loadInvitations(invitationIds: readonly string[]): Promise<Invitation[]> {
  return (await wholeItems(invitationIds.map(key))).map(toInvitation);
}

/** Puts the first version, or replaces the one that was read; when somebody wrote in between the use case decides again. */
export const putInvitation = (after: Invitation, before?: Invitation): Write => ({
  table: TABLE,
  put: { ...key(after.invitationId), ...after, ...indexKeys(after) },
  condition: before ? 'version = :seen' : 'attribute_not_exists(pk)',
  values: before && { ':seen': before.version },
});

/** Somebody who invites at the same time decides again, or makes the one who asked do so. */
export const notInvited = (invitationId: string): Write => ({
  table: TABLE,
  check: key(invitationId),
  condition: 'attribute_not_exists(pk)',
});

/** Where the hash of a sending's token leads (DEV-62); the token itself is stored nowhere. */
export const putToken = (hash: string, { invitationId, sendCount }: Invitation): Write => ({
  table: TABLE,
  put: { ...tokenKey(hash), invitationId, sendCount },
  condition: 'attribute_not_exists(pk)',
});

export async function loadToken(hash: string): Promise<{ invitationId: string; sendCount: number } | undefined> {
  const item = await getItem(TABLE, tokenKey(hash));
  return item && { invitationId: String(item.invitationId), sendCount: Number(item.sendCount) };
}

interface HistoryRange {
  readonly order: HistoryOrder;
  readonly newestFirst: boolean;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** A part of a partner's rows in one of the orders. */
export async function listHistory(
  partnerId: string,
  { order, ...range }: HistoryRange,
): Promise<{ invitations: Invitation[]; nextKey?: Record<string, unknown> }> {
  const page = await queryPage({ table: TABLE, ...HISTORY_INDEXES[order], pk: kindKey(partnerId), ...range });
  const items = order === 'createdAt' ? page.items : await wholeItems(page.items);
  return { invitations: items.map(toInvitation), nextKey: page.nextKey };
}

/** The indexes of names, tags and addresses hold keys alone, so that no change of a row but theirs has to follow into them. */
async function wholeItems(keys: readonly Readonly<Record<string, unknown>>[]): Promise<Item[]> {
  const items = await getItems(
    TABLE,
    keys.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
  );
  const byKey = new Map(items.map((item) => [String(item.pk), item]));
  return keys.map(({ pk }) => byKey.get(String(pk))).filter((item) => item !== undefined);
}

/** From where a history goes on behind this row. */
export function positionIn(order: HistoryOrder, invitation: Invitation): Record<string, unknown> {
  const { pk, sk } = HISTORY_INDEXES[order].keys;
  const keys: Record<string, unknown> = indexKeys(invitation);
  return { ...key(invitation.invitationId), [pk]: keys[pk], [sk]: keys[sk] };
}

/** Links of one part of the index that have ended by `until`, the longest ended first; only what waits is in the index. */
export async function listEnded(
  shard: number,
  until: Instant,
  page: { limit: number; startKey?: Record<string, unknown> },
): Promise<{ invitationIds: string[]; nextKey?: ItemPage['nextKey'] }> {
  const sk = { between: ['0', `${until}#~`] } as const;
  const answer = await queryPage({ table: TABLE, ...dueIndex, pk: kindKey(String(shard)), sk, ...page });
  return {
    invitationIds: answer.items.map((item) => String(item.pk).slice('INVITATION#'.length)),
    nextKey: answer.nextKey,
  };
}

function indexKeys(invitation: Invitation) {
  const { invitationId, partnerId, createdAt, status, expiresAt } = invitation;
  const sorted = (value: string | undefined): string => `${searchable(value)}\u0001${invitationId}`;
  return {
    partnerKey: kindKey(partnerId),
    partnerSort: `${createdAt}#${invitationId}`,
    customerNameSort: sorted(invitation.customerName),
    accountNameSort: sorted(invitation.accountName),
    customTagSort: sorted(invitation.customTag),
    emailSort: sorted(invitation.email),
    ...(status === 'invited' && expiresAt
      ? { dueKey: kindKey(String(shardOf(invitationId))), dueSort: `${expiresAt}#${invitationId}` }
      : {}),
  };
}

const KEYS: ReadonlySet<string> = new Set([
  ...['pk', 'sk', 'partnerKey', 'partnerSort', 'dueKey', 'dueSort'],
  ...['customerNameSort', 'accountNameSort', 'customTagSort', 'emailSort'],
]);

const toInvitation = (item: Item): Invitation =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !KEYS.has(name))) as unknown as Invitation;

const shardOf = (invitationId: string): number => invitationId.charCodeAt(invitationId.length - 1) % EXPIRY_SHARDS;
