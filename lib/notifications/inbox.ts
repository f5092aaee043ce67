import type { Actor } from '#lib/shared/actor.ts';
import { SYSTEM_ROLES, type SystemRole } from '#lib/shared/permissions.ts';
import type { Instant } from '#lib/shared/time.ts';

/** A message inside the product, for a person or for all who hold a role at that moment. */
export interface InboxMessage {
  readonly messageId: string;
  readonly inbox: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly createdAt: Instant;
  /** Ids of the persons who have read it. */
  readonly readBy?: ReadonlySet<string>;
}

export const OPERATORS_INBOX = 'operators';
export const memberInbox = (memberId: string): string => `member:${memberId}`;
export const customerInbox = (customerId: string): string => `customer:${customerId}`;
export const roleInbox = (partnerId: string, role: SystemRole): string => `role:${partnerId}:${role}`;

/**
 * The inboxes that somebody reads: the own one and those of the present roles, so that a change of roles holds at once (ORG-10). The
 * owner account has no roles and every permission (ORG-08): it reads all of its partner's.
 */
export function inboxesOf(actor: Actor): string[] {
  if (actor.kind === 'operator') return [OPERATORS_INBOX];
  if (actor.kind === 'customer') return [customerInbox(actor.customerId)];
  if (actor.kind !== 'member') return [];
  const roles = actor.owner ? SYSTEM_ROLES : actor.roles;
  return [memberInbox(actor.id), ...roles.map((role) => roleInbox(actor.partnerId, role))];
}

export interface InboxPart {
  readonly messages: readonly InboxMessage[];
  /** Where reading of this inbox stopped, when there is more. */
  readonly stoppedAt?: string;
}

/** Position of a message in every inbox, newest last; comparable across inboxes. */
export const positionOf = ({ createdAt, messageId }: InboxMessage): string => `${createdAt}#${messageId}`;

/**
 * Joins pages of several inboxes, newest first. Beyond the first position at which any of them stopped nothing is sure yet, so it is
 * left for the next page; a page may therefore be short.
 */
export function mergePages(parts: readonly InboxPart[], limit: number): { messages: InboxMessage[]; before?: string } {
  const horizon =
    parts
      .flatMap((part) => part.stoppedAt ?? [])
      .toSorted()
      .at(-1) ?? '';
  const sure = parts
    .flatMap((part) => part.messages)
    .filter((message) => positionOf(message) >= horizon)
    .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1));
  if (sure.length <= limit) return { messages: sure, before: horizon === '' ? undefined : horizon };
  const messages = sure.slice(0, limit);
  const last = messages.at(-1);
  return { messages, before: last && positionOf(last) };
}
