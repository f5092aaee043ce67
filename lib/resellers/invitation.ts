import { derivedId } from '#lib/shared/ids.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import type { Restriction } from './eligibility.ts';

/** DEV-117. */
const VALID_DAYS = 7;

export const INVITATION_STATUSES = [
  'invited',
  'in-progress',
  'associated',
  'restricted',
  'expired',
  'given-up',
] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** A distributor's invitation of a company to become its reseller: one row per address, however often it is sent. */
export interface ResellerInvitation {
  readonly invitationId: string;
  readonly distributorId: string;
  /** Normalised. */
  readonly email: string;
  /** As last written; `statusAt` is what holds (DEV-07). */
  readonly status: InvitationStatus;
  readonly sentBy: string;
  readonly createdAt: Instant;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly sendCount: number;
  /** The mail of the last sending was refused for good (DEV-200). */
  readonly deliveryStatus?: 'failed';
  /** Whoever accepted; nobody else may, until the invitation is sent again. */
  readonly application?: Application;
  readonly restrictionReasons?: readonly Restriction[];
  readonly resellerPartnerId?: string;
  readonly associatedAt?: Instant;
  readonly version: number;
}

/** What an account asks for, and as which company (DEV-118). */
export interface Application {
  readonly accountId: string;
  readonly accountName: string;
  readonly subject: string;
  readonly company: Company;
  readonly requestedAt: Instant;
  /** Counts the requests of an invitation: a retry is another one, and an answer to an earlier one is out of date. */
  readonly attempt: number;
}

export interface Company {
  readonly companyName: string;
  readonly countryRegion: string;
  readonly stateProvince?: string;
  readonly contact: { readonly name: string; readonly email: string; readonly mobileNumber?: string };
  readonly language: string;
  readonly timeZone: string;
}

/** The same address is the same row, so that two invitations at once meet. */
export const invitationIdOf = (distributorId: string, email: string): string =>
  derivedId('rin', distributorId, normaliseEmail(email));

/** Addresses compare trimmed, in lower case and in one Unicode form (as DEV-25). */
export const normaliseEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** DEV-07, DEV-117: a link ends at the instant, whether or not it was swept; what is being checked is not cut off. */
export function statusAt({ status, expiresAt }: ResellerInvitation, now: Instant): InvitationStatus {
  const ends = status === 'invited' || status === 'restricted';
  return ends && expiresAt <= now ? 'expired' : status;
}

export const newInvitation = (
  { distributorId, email, sentBy }: Pick<ResellerInvitation, 'distributorId' | 'email' | 'sentBy'>,
  now: Instant,
): ResellerInvitation => ({
  invitationId: invitationIdOf(distributorId, email),
  distributorId,
  email: normaliseEmail(email),
  status: 'invited',
  sentBy,
  createdAt: now,
  sentAt: now,
  expiresAt: plus(now, { days: VALID_DAYS }),
  sendCount: 1,
  version: 1,
});

/**
 * DEV-117: a new link for seven days; the one before is dead. An association under way goes on, one that failed is over with its link,
 * so that another account may accept.
 */
export function sentAgain(before: ResellerInvitation, memberId: string, now: Instant): ResellerInvitation {
  const { application, restrictionReasons: _reasons, deliveryStatus: _delivery, ...rest } = before;
  const underWay = before.status === 'in-progress';
  return {
    ...rest,
    ...(underWay ? { application } : {}),
    status: underWay ? 'in-progress' : 'invited',
    sentBy: memberId,
    sentAt: now,
    expiresAt: plus(now, { days: VALID_DAYS }),
    sendCount: before.sendCount + 1,
    version: before.version + 1,
  };
}

/** DEV-121: an account asks to be associated, or asks again after it fixed what was in the way. */
export function requested(
  before: ResellerInvitation,
  application: Omit<Application, 'attempt' | 'requestedAt'>,
  now: Instant,
): ResellerInvitation {
  const { restrictionReasons: _reasons, ...rest } = before;
  return {
    ...rest,
    status: 'in-progress',
    application: { ...application, requestedAt: now, attempt: (before.application?.attempt ?? 0) + 1 },
    version: before.version + 1,
  };
}

export const restricted = (before: ResellerInvitation, reasons: readonly Restriction[]): ResellerInvitation => ({
  ...before,
  status: 'restricted',
  restrictionReasons: reasons,
  version: before.version + 1,
});

export function associated(before: ResellerInvitation, resellerPartnerId: string, now: Instant): ResellerInvitation {
  return { ...before, status: 'associated', resellerPartnerId, associatedAt: now, version: before.version + 1 };
}

/** DEV-200: the mail of the last sending did not arrive. */
export const undelivered = (before: ResellerInvitation): ResellerInvitation => ({
  ...before,
  deliveryStatus: 'failed',
  version: before.version + 1,
});

/** The reasons stay: the invitee may still want to know why. */
export const ended = (before: ResellerInvitation, status: 'expired' | 'given-up'): ResellerInvitation => ({
  ...before,
  status,
  version: before.version + 1,
});

export type Acceptance = 'request' | 'already-requested' | 'used' | 'expired';

/** What following the link means for an account now (DEV-117, DEV-121, ONB-133). */
export function acceptanceBy(
  invitation: ResellerInvitation,
  accountId: string,
  link: { readonly current: boolean },
  now: Instant,
): Acceptance {
  const status = statusAt(invitation, now);
  if (status === 'associated' || status === 'given-up') return 'used';
  if (!link.current || status === 'expired') return 'expired';
  if (invitation.application && invitation.application.accountId !== accountId) return 'used';
  return status === 'in-progress' ? 'already-requested' : 'request';
}
