import type { Actor } from './actor.ts';
import { getItem, type Item, type ItemPage, queryPage } from './dynamodb.ts';
import { type ErrorDefinition, Refusal, sharedErrors } from './errors.ts';
import { ALL_PERMISSIONS, dataScopeOf, permissionsOfRoles, type SystemRole } from './permissions.ts';
import type { Instant } from './time.ts';
import type { Write } from './transaction.ts';

/** The identity behind a token's subject: one item, read on every request. */
export type Identity = MemberIdentity | CustomerIdentity | GroupIdentity | OperatorIdentity;

export interface MemberIdentity {
  readonly kind: 'member';
  readonly subject: string;
  readonly memberId: string;
  readonly partnerId: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly mobileNumber?: string;
  readonly owner: boolean;
  readonly roles: readonly SystemRole[];
  readonly directorId?: string;
  readonly status: 'normal' | 'locked';
  readonly createdAt: Instant;
  readonly version: number;
}

export interface CustomerIdentity {
  readonly kind: 'customer';
  readonly subject: string;
  readonly customerId: string;
  readonly email?: string;
  readonly mobileNumber?: string;
}

export interface GroupIdentity {
  readonly kind: 'group';
  readonly subject: string;
  readonly groupId: string;
  /** CUS-219, CUS-046: `locked` while the group is not active. */
  readonly status: 'normal' | 'locked';
}

export interface OperatorIdentity {
  readonly kind: 'operator';
  readonly subject: string;
  readonly operatorId: string;
  readonly name: string;
}

const subjectKey = (subject: string) => ({ pk: `SUBJECT#${subject}`, sk: 'IDENTITY' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;
const memberIndex = { index: 'byMember', keys: { pk: 'memberKey', sk: 'sk' } } as const;

/**
 * Loads who acts for a verified subject. Operations that change something read consistently (ORG-10).
 * @param options.unknown what a subject without an identity is: an `account` where the operation admits one
 * @throws Refusal NOT_A_MEMBER (ORG-57), MEMBER_LOCKED (ORG-10), SIGN_IN_LOCKED (CUS-219)
 */
export async function loadActor(
  subject: string,
  { consistent, unknown }: { consistent: boolean; unknown: 'account' | 'refused' },
): Promise<Actor> {
  const item = await getItem('identities', subjectKey(subject), { consistent: consistent || unknown === 'account' });
  if (item) return toActor(item as unknown as Identity);
  if (unknown === 'account') return { kind: 'account', id: subject, subject };
  throw new Refusal(sharedErrors.NOT_A_MEMBER);
}

/** As whom a subject acts here already, if as anybody. */
export async function loadIdentity(subject: string): Promise<Identity | undefined> {
  const item = await getItem('identities', subjectKey(subject));
  return item as unknown as Identity | undefined;
}

function toActor(identity: Identity): Actor {
  switch (identity.kind) {
    case 'operator':
      return { kind: 'operator', id: identity.operatorId, name: identity.name };
    case 'customer':
      return {
        kind: 'customer',
        id: identity.customerId,
        customerId: identity.customerId,
        email: identity.email,
        mobileNumber: identity.mobileNumber,
      };
    case 'group':
      if (identity.status === 'locked') throw new Refusal(sharedErrors.SIGN_IN_LOCKED);
      return { kind: 'group', id: identity.groupId, groupId: identity.groupId };
    case 'member':
      if (identity.status === 'locked') throw new Refusal(sharedErrors.MEMBER_LOCKED);
      return {
        kind: 'member',
        id: identity.memberId,
        partnerId: identity.partnerId,
        name: identity.name,
        email: identity.email,
        mobileNumber: identity.mobileNumber,
        owner: identity.owner,
        roles: identity.roles,
        permissions: identity.owner ? new Set(ALL_PERMISSIONS) : permissionsOfRoles(identity.roles),
        dataScope: identity.owner ? 'all' : dataScopeOf(identity.roles),
      };
  }
}

/** Puts a new identity; a subject acts as one identity only. */
export function putIdentity(identity: Identity, onConflict: ErrorDefinition): Write {
  return {
    table: 'identities',
    put: { ...subjectKey(identity.subject), ...identity, ...indexKeys(identity) },
    condition: 'attribute_not_exists(pk)',
    onConflict,
  };
}

/** Replaces a member's identity under its version (spec note 19). */
export function replaceMember(before: MemberIdentity, after: MemberIdentity): Write {
  return {
    table: 'identities',
    put: { ...subjectKey(after.subject), ...after, version: before.version + 1, ...indexKeys(after) },
    condition: 'version = :seen',
    values: { ':seen': before.version },
    onConflict: sharedErrors.VERSION_CONFLICT,
  };
}

/** Lets the account of a group sign in, or no longer (CUS-045, CUS-046). */
export const setGroupSignIn = ({ subject, groupId, status }: GroupIdentity): Write => ({
  table: 'identities',
  update: subjectKey(subject),
  set: 'SET #status = :status',
  condition: 'groupId = :groupId',
  names: { '#status': 'status' },
  values: { ':status': status, ':groupId': groupId },
});

/** The identity goes with its group; the subject may act as something else from now on. */
export const removeGroupIdentity = (subject: string, groupId: string): Write => ({
  table: 'identities',
  remove: subjectKey(subject),
  condition: 'groupId = :groupId',
  values: { ':groupId': groupId },
});

/** Joined to a change that a member's standing allowed or asked for: roles and status are still those that were read (ConditionFailed). */
export const memberUnchanged = ({ subject, version }: MemberIdentity): Write => ({
  table: 'identities',
  check: subjectKey(subject),
  condition: 'version = :seen',
  values: { ':seen': version },
});

/** A member by id; the index is enough for notices and scopes, changes check the version. */
export async function loadMember(memberId: string): Promise<MemberIdentity | undefined> {
  const page = await queryPage({ table: 'identities', ...memberIndex, pk: memberId, limit: 1 });
  return page.items[0] && toMember(page.items[0]);
}

/** Members of a partner, newest first. */
export async function listMembers(
  partnerId: string,
  options: { limit: number; startKey?: Record<string, unknown> },
): Promise<Omit<ItemPage, 'items'> & { members: MemberIdentity[] }> {
  const page = await queryPage({ table: 'identities', ...partnerIndex, pk: partnerId, newestFirst: true, ...options });
  return { members: page.items.map(toMember), nextKey: page.nextKey };
}

function indexKeys(identity: Identity): Record<string, string> {
  return identity.kind === 'member'
    ? {
        partnerKey: identity.partnerId,
        partnerSort: `${identity.createdAt}#${identity.memberId}`,
        memberKey: identity.memberId,
      }
    : {};
}

function toMember(item: Item): MemberIdentity {
  const {
    pk: _pk,
    sk: _sk,
    partnerKey: _partnerKey,
    partnerSort: _partnerSort,
    memberKey: _memberKey,
    ...identity
  } = item;
  return identity as unknown as MemberIdentity;
}
