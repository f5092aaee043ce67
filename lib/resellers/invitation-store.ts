import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { InvitationStatus, ResellerInvitation } from './invitation.ts';

const key = (invitationId: string) => ({ pk: `INVITATION#${invitationId}`, sk: 'INVITATION' });
const tokenKey = (hash: string) => ({ pk: `TOKEN#${hash}`, sk: 'TOKEN' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;
const dueIndex = { index: 'byDue', keys: { pk: 'dueKey', sk: 'dueSort' } } as const;

/** Parts of the due index, so that one busy day does not lie on one key. */
export const DUE_SHARDS = 8;

export async function loadResellerInvitation(invitationId: string): Promise<ResellerInvitation | undefined> {
  const item = await getItem('resellers', key(invitationId));
  return item && toInvitation(item);
}

/** Puts a new invitation; somebody else's first one is a ConditionFailed. */
export const putNewInvitation = (invitation: ResellerInvitation): Write => ({
  table: 'resellers',
  put: toItem(invitation),
  condition: 'attribute_not_exists(pk)',
});

/** Replaces an invitation that is still as it was read (ConditionFailed). */
export const replaceInvitation = (before: ResellerInvitation, after: ResellerInvitation): Write => ({
  table: 'resellers',
  put: toItem(after),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

/** What is stored of a link: the hash of its token finds the invitation and which sending of it. */
export const putToken = (hash: string, { invitationId, sendCount }: ResellerInvitation): Write => ({
  table: 'resellers',
  put: { ...tokenKey(hash), invitationId, sendCount },
});

export async function loadToken(hash: string): Promise<{ invitationId: string; sendCount: number } | undefined> {
  const item = await getItem('resellers', tokenKey(hash));
  return item && { invitationId: String(item.invitationId), sendCount: Number(item.sendCount) };
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Newest first; with a status a page may be short while `nextKey` says that more follow. */
export async function listInvitations(
  distributorId: string,
  status: { readonly is: InvitationStatus; readonly at: Instant } | undefined,
  page: Page,
): Promise<{ invitations: ResellerInvitation[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'resellers',
    ...partnerIndex,
    pk: `INVITATION#${distributorId}`,
    newestFirst: true,
    filter: status && statusFilter(status.is, status.at),
    ...page,
  });
  return { invitations: answer.items.map(toInvitation), nextKey: answer.nextKey };
}

/** `statusAt`, said to the table. */
function statusFilter(status: InvitationStatus, now: Instant) {
  const names = { '#status': 'status' };
  if (status === 'expired') {
    return {
      expression: '#status = :status OR (#status IN (:invited, :restricted) AND expiresAt <= :now)',
      names,
      values: { ':status': status, ':invited': 'invited', ':restricted': 'restricted', ':now': now },
    };
  }
  if (status !== 'invited' && status !== 'restricted')
    return { expression: '#status = :status', names, values: { ':status': status } };
  const values = { ':status': status, ':now': now };
  return { expression: '#status = :status AND expiresAt > :now', names, values };
}

/** Invitations of one part whose link has ended by `now` and that are not yet marked so. */
export async function listDueInvitations(
  shard: number,
  now: Instant,
  page: Page,
): Promise<{ invitationIds: string[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'resellers',
    ...dueIndex,
    pk: `INVITATION#${shard}`,
    sk: { between: ['0', `${now}~`] },
    ...page,
  });
  return {
    invitationIds: answer.items.map((item) => String(item.pk).slice('INVITATION#'.length)),
    nextKey: answer.nextKey,
  };
}

function toItem(invitation: ResellerInvitation) {
  const { invitationId, distributorId, status, createdAt, expiresAt } = invitation;
  const runsOut = status === 'invited' || status === 'restricted';
  return {
    ...key(invitationId),
    ...invitation,
    partnerKey: `INVITATION#${distributorId}`,
    partnerSort: `${createdAt}#${invitationId}`,
    ...(runsOut ? { dueKey: `INVITATION#${shardOf(invitationId)}`, dueSort: `${expiresAt}#${invitationId}` } : {}),
  };
}

function toInvitation(item: Item): ResellerInvitation {
  const { pk: _pk, sk: _sk, partnerKey: _p, partnerSort: _s, dueKey: _d, dueSort: _t, ...invitation } = item;
  return invitation as unknown as ResellerInvitation;
}

const shardOf = (invitationId: string): number => (invitationId.codePointAt(invitationId.length - 1) ?? 0) % DUE_SHARDS;
