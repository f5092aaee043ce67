import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Invitation } from '../invitations/invitation.ts';
import type { FailureCode, LinkFacts } from './failure.ts';

/** How an account came in through an invitation. */
export type EntryWay = 'register' | 'log-in';

/**
 * One account on its way through one invitation: what it accepted, and how far it came. The invitation's row is what the partner sees
 * of it, this is the customer's side.
 */
export interface Entry {
  readonly invitationId: string;
  readonly accountId: string;
  readonly customerId: string;
  readonly partnerId: string;
  readonly way: EntryWay;
  /** The sending of the e-mail whose link was taken; 0 for links. */
  readonly sendCount: number;
  readonly enteredAt: Instant;
  /** Accepted association instructions, reseller model only (DEV-81). */
  readonly instructionsVersion?: string;
  /** The letter of authorization, if it was ticked (DEV-83); recorded as given at association time (DEV-84). */
  readonly authorizationVersion?: string;
  readonly state: 'registered' | 'requested' | 'associated' | 'failed';
  /** When services were enabled and both agreements accepted (DEV-90). */
  readonly requestedAt?: Instant;
  readonly failure?: { readonly code: FailureCode; readonly at: Instant };
  readonly version: number;
}

/** What the customer accepts on its way in. */
export interface Consents {
  readonly instructionsVersion?: string;
  readonly letterOfAuthorization: boolean;
  readonly promotionalNews: boolean;
}

/** DEV-90: services are enabled and everything is accepted; from here on the association is looked at. */
export const asRequested = (before: Entry, now: Instant): Entry => ({
  ...before,
  state: 'requested',
  requestedAt: now,
  failure: undefined,
  version: before.version + 1,
});

export const asDone = (before: Entry): Entry => ({
  ...before,
  state: 'associated',
  failure: undefined,
  version: before.version + 1,
});

/** DEV-107: nothing is used up; the customer may ask again. */
export const asFailedEntry = (before: Entry, code: FailureCode, now: Instant): Entry => ({
  ...before,
  state: 'failed',
  failure: { code, at: now },
  version: before.version + 1,
});

/**
 * What the first rows of the table look at. An account that registered through the link in time may complete later (DEV-91); one that
 * existed before has the seven days (DEV-59, DEV-107).
 */
export function linkFactsOf(entry: Entry, row: Invitation, partner: PartnerStanding, now: Instant): LinkFacts {
  const inTime = entry.way === 'register' || row.expiresAt === undefined || now < row.expiresAt;
  return {
    found: row.status !== 'cancelled' && partner.status === 'active', // DEV-53, DEV-76
    live: row.sendCount === entry.sendCount && inTime,
    claimedByOther: row.accountId !== undefined && row.accountId !== entry.accountId,
    used: row.status === 'associated',
  };
}

/** DEV-108: only the expiry of the link that counts is the row's own failure; the other failures of a link concern nobody but the customer. */
export const concernsRow = (code: FailureCode, entry: Entry, row: Invitation): boolean =>
  code === 'LINK_EXPIRED'
    ? row.sendCount === entry.sendCount
    : code !== 'LINK_NOT_FOUND' && code !== 'CODE_USED' && code !== 'LINK_USED';

/** The way in of an e-mailed link, before an account is known to have taken it. */
export type LinkState = 'open' | 'taken' | 'used' | 'expired';

export function linkStateOf({ status, accountId, expiresAt }: Invitation, now: Instant): LinkState {
  if (status === 'associated') return 'used';
  if (accountId !== undefined) return 'taken';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'open';
}
