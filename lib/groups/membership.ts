import { Refusal } from '#lib/shared/errors.ts';
import { type BillingMonth, type Instant, monthStart, nextMonth } from '#lib/shared/time.ts';
import { groupErrors } from './errors.ts';
import type { Group, GroupKind } from './group.ts';

/** What may lie in a group, as it stands now. */
export interface Account {
  readonly kind: GroupKind;
  /** The customer's id, or the partner's. */
  readonly accountId: string;
  readonly accountName: string;
  /** To whom it belongs directly: a customer to the partner it deals with, a reseller to its distributor. */
  readonly parentId?: string;
  /** The tier-1 partner under which a customer's usage is counted. */
  readonly partnerId?: string;
  /** Since when the customer is the parent's. */
  readonly associatedSince?: Instant;
}

/** An account's place in a group; in one at any time. */
export interface Membership {
  readonly accountId: string;
  readonly groupId: string;
  readonly kind: GroupKind;
  readonly parentId: string;
  readonly partnerId?: string;
  readonly associatedSince?: Instant;
  readonly joinedAt: Instant;
  /** Absent while it lasts. */
  readonly leftAt?: Instant;
}

/** @throws Refusal GROUP_KIND_MISMATCH, GROUP_PARENT_MISMATCH (CUS-220) */
export function requireFitting(account: Account, group: Pick<Group, 'kind' | 'parentId'>): void {
  if (account.kind !== group.kind) throw new Refusal(groupErrors.GROUP_KIND_MISMATCH);
  if (account.parentId !== group.parentId) throw new Refusal(groupErrors.GROUP_PARENT_MISMATCH);
}

export const joinGroup = (account: Account, { groupId, kind, parentId }: Group, now: Instant): Membership => ({
  accountId: account.accountId,
  groupId,
  kind,
  parentId,
  partnerId: account.partnerId,
  associatedSince: account.associatedSince,
  joinedAt: now,
});

/** CUS-227. @throws Refusal NOT_GROUPED, SAME_GROUP (CUS-229) */
export function requireMovable(present: Membership | undefined, to: Pick<Group, 'groupId'>): Membership {
  if (!present) throw new Refusal(groupErrors.NOT_GROUPED);
  if (present.groupId === to.groupId) throw new Refusal(groupErrors.SAME_GROUP);
  return present;
}

/**
 * CUS-237: whose members count for a month that is over: those of its last instant. What comes or goes at 00:00 on the 1st does so in
 * the new month.
 */
export function wasMemberAtEnd({ joinedAt, leftAt }: Membership, month: BillingMonth): boolean {
  const end = monthStart(nextMonth(month));
  return joinedAt < end && (leftAt === undefined || leftAt >= end);
}

/** CUS-231: does the end of this association end this membership? One that came about in a later association stays. */
export const endsWith = (
  { joinedAt, associatedSince = joinedAt }: Membership,
  association: { readonly since: string; readonly endedAt: string },
): boolean => associatedSince <= association.since && joinedAt <= association.endedAt;

/** A membership that an earlier parent's association left behind, whose end has not been heard of yet. */
export const isLeftBehind = (present: Membership, account: Account): boolean =>
  account.parentId !== undefined && present.parentId !== account.parentId;
