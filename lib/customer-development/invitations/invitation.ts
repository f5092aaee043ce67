import type { AssociationType } from '#lib/customers/index.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { epochMs, type Instant, plus } from '#lib/shared/time.ts';
import type { InvitationLink } from '../links/link.ts';

export const INVITATION_METHODS = ['email', 'general-link', 'custom-link', 'promotional-link'] as const;
export type InvitationMethod = (typeof INVITATION_METHODS)[number];

export const INVITATION_STATUSES = [
  'invited',
  'registered',
  'associated',
  'association-failed',
  'expired',
  'cancelled',
] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** Why an association did not come about, and what the partner can do (the cause table of `associate-customer`). */
export interface InvitationFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly at: Instant;
}

/** One row of the history: a customer that was sent an e-mail, or that registered through a link (DEV-191). */
export interface Invitation {
  readonly invitationId: string;
  readonly partnerId: string;
  /** The lead that was e-mailed; every sending to it is this row (DEV-67). */
  readonly leadId?: string;
  /** The link that the customer registered through. */
  readonly linkId?: string;
  readonly method: InvitationMethod;
  readonly associationType: AssociationType;
  readonly customTag?: string;
  readonly email?: string;
  readonly customerName?: string;
  readonly accountId?: string;
  readonly accountName?: string;
  readonly customerId?: string;
  readonly sentBy: string;
  /** Whom the customer is assigned to on association (DEV-71, DEV-73). */
  readonly accountManagerId?: string;
  readonly createdAt: Instant;
  readonly sentAt?: Instant;
  readonly expiresAt?: Instant;
  readonly firstOpenedAt?: Instant;
  readonly registeredAt?: Instant;
  readonly associatedAt?: Instant;
  /** Which sending the link that counts belongs to; 0 for rows of links. */
  readonly sendCount: number;
  readonly status: InvitationStatus;
  readonly failure?: InvitationFailure;
  /** DEV-64: the mail of the latest sending was refused for good. */
  readonly deliveryStatus?: 'failed';
  readonly version: number;
}

/** The account that registered or signed in through an invitation. */
export interface InvitedAccount {
  readonly accountId: string;
  readonly accountName: string;
  readonly customerId: string;
  readonly email?: string;
  readonly customerName?: string;
}

/** What an e-mailed invitation takes from its lead. */
export interface InvitedLead {
  readonly leadId: string;
  readonly partnerId: string;
  readonly email: string;
  readonly customerName: string;
  readonly accountManagerId?: string;
}

/** Who sends: the account manager is the sender if it is one, else the lead's (DEV-71). */
export interface Sender {
  readonly memberId: string;
  readonly accountManagerId?: string;
}

const VALID_DAYS = 7;
const REPEAT_SECONDS = 60; // DEV-63

/** DEV-59: 7 × 24 h from sending. */
export const endOfLink = (sentAt: Instant): Instant => plus(sentAt, { days: VALID_DAYS });

/** One row per lead, however often it is sent. */
export const invitationIdOf = (leadId: string): string => derivedId('inv', leadId);

/** The invitation as it is at an instant: an e-mailed link ends at `expiresAt` to the second, whoever persists it when (DEV-07, DEV-59). */
export const invitationAt = (invitation: Invitation, now: Instant): Invitation =>
  invitation.status === 'invited' && invitation.expiresAt !== undefined && invitation.expiresAt <= now
    ? { ...invitation, status: 'expired' }
    : invitation;

/** DEV-63: the same wish again within 60 seconds. */
export const isRepeat = (
  { status, associationType, sentAt }: Invitation,
  type: AssociationType,
  now: Instant,
): boolean =>
  status === 'invited' &&
  associationType === type &&
  sentAt !== undefined &&
  epochMs(now) - epochMs(sentAt) < REPEAT_SECONDS * 1000;

/** DEV-65, DEV-68: e-mailed rows that wait, ended unused or failed; a claimed or ended one is not sent again. */
export const isSendable = ({ method, status }: Invitation): boolean =>
  method === 'email' && (status === 'invited' || status === 'expired' || status === 'association-failed');

/**
 * A sending: the first creates the row, each later one replaces the link before it, with seven fresh days (DEV-59, DEV-67). Nothing of
 * an account that came through an earlier link stays: the new token is nobody's yet (DEV-62).
 */
export function sendTo(
  lead: InvitedLead,
  type: AssociationType,
  sender: Sender,
  now: Instant,
  before?: Invitation,
): Invitation {
  return {
    invitationId: invitationIdOf(lead.leadId),
    partnerId: lead.partnerId,
    leadId: lead.leadId,
    method: 'email',
    associationType: type,
    email: lead.email,
    customerName: lead.customerName,
    sentBy: sender.memberId,
    accountManagerId: sender.accountManagerId ?? lead.accountManagerId,
    createdAt: before?.createdAt ?? now,
    sentAt: now,
    expiresAt: endOfLink(now),
    sendCount: (before?.sendCount ?? 0) + 1,
    status: 'invited',
    version: (before?.version ?? 0) + 1,
  };
}

/** The row of a customer that registers through a link or QR code. */
export function registerThroughLink(link: InvitationLink, account: InvitedAccount, now: Instant): Invitation {
  return {
    invitationId: derivedId('inv', link.linkId, account.accountId),
    partnerId: link.partnerId,
    linkId: link.linkId,
    method: `${link.kind}-link`,
    associationType: link.associationType,
    customTag: link.customTag,
    ...account,
    sentBy: link.ownerMemberId,
    accountManagerId: link.accountManagerId,
    createdAt: now,
    registeredAt: now,
    sendCount: 0,
    status: 'registered',
    version: 1,
  };
}

/** The token of an e-mail is claimed by one account (DEV-62). */
export const claimBy = (before: Invitation, account: InvitedAccount, now: Instant): Invitation => ({
  ...before,
  accountId: account.accountId,
  accountName: account.accountName,
  customerId: account.customerId,
  registeredAt: before.registeredAt ?? now,
  status: 'registered',
  version: before.version + 1,
});

export const asAssociated = (before: Invitation, now: Instant): Invitation => ({
  ...before,
  status: 'associated',
  associatedAt: now,
  failure: undefined, // DEV-107: a later success overwrites the failure
  version: before.version + 1,
});

export const asFailed = (before: Invitation, failure: Omit<InvitationFailure, 'at'>, now: Instant): Invitation => ({
  ...before,
  status: 'association-failed',
  failure: { ...failure, at: now },
  version: before.version + 1,
});

export const asCancelled = (before: Invitation): Invitation => ({
  ...before,
  status: 'cancelled',
  version: before.version + 1,
});

export const asExpired = (before: Invitation): Invitation => ({
  ...before,
  status: 'expired',
  version: before.version + 1,
});

export const asUndelivered = (before: Invitation): Invitation => ({
  ...before,
  deliveryStatus: 'failed',
  version: before.version + 1,
});

/** The form in which names, tags and addresses are compared and sorted: composed and in lower case. */
export const searchable = (value: string | undefined): string => (value ?? '').normalize('NFC').toLowerCase();
