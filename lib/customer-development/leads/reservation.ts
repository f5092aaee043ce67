import { getItem } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type Lead, normaliseEmail } from './lead.ts';

/** Who protects an e-mail address until when; an atomic claim on the address itself (DEV-39). */
export interface Reservation {
  readonly partnerId: string;
  readonly leadId: string;
}

const TABLE = 'customer-development';
const key = (email: string) => ({ pk: `EMAIL#${normaliseEmail(email)}`, sk: 'CLAIM' });

/** A lead under review protects its address until it is decided (DEV-46). */
const UNTIL_DECIDED = '9999-12-31T23:59:59.999Z';
const liveUntil = ({ expiresAt }: Lead): string => expiresAt ?? UNTIL_DECIDED;

/** Whose the address is now; a lapsed claim is nobody's, whether the sweep came or not (DEV-07, DEV-41). */
export async function liveReservation(email: string, now: Instant): Promise<Reservation | undefined> {
  const item = await getItem(TABLE, key(email), { consistent: true });
  if (!item || String(item.liveUntil) <= now) return undefined;
  return { partnerId: String(item.partnerId), leadId: String(item.leadId) };
}

/** Claims the address for a new lead; of two at once one gets it (DEV-39). */
export const claimEmail = (lead: Lead, now: Instant): Write => ({
  table: TABLE,
  put: claimOf(lead),
  condition: 'attribute_not_exists(pk) OR liveUntil <= :now',
  values: { ':now': now },
});

/** The review is over: from now on the claim ends with the lead. */
export const dateClaim = (lead: Lead): Write => ({
  table: TABLE,
  put: claimOf(lead),
  condition: 'leadId = :lead',
  values: { ':lead': lead.leadId },
});

/** Takes the claim of this lead away; whoever reserved the address after it keeps it. */
export async function releaseWrites({ email, leadId }: Lead): Promise<Write[]> {
  const item = await getItem(TABLE, key(email), { consistent: true });
  if (item?.leadId !== leadId) return [];
  return [{ table: TABLE, remove: key(email), condition: 'leadId = :lead', values: { ':lead': leadId } }];
}

/** Holds in the same transaction that no other partner protects the address (DEV-39, DEV-60). */
export const noOtherReservation = (email: string, partnerId: string, now: Instant): Write => ({
  table: TABLE,
  check: key(email),
  ...freeFor(partnerId, now),
});

/** The same, and takes away what is there: the partner's own claim or a lapsed one. */
export const releaseUnlessForeign = (email: string, partnerId: string, now: Instant): Write => ({
  table: TABLE,
  remove: key(email),
  ...freeFor(partnerId, now),
});

const freeFor = (partnerId: string, now: Instant) => ({
  condition: 'attribute_not_exists(pk) OR partnerId = :partner OR liveUntil <= :now',
  values: { ':partner': partnerId, ':now': now },
});

const claimOf = (lead: Lead) => ({
  ...key(lead.email),
  partnerId: lead.partnerId,
  leadId: lead.leadId,
  liveUntil: liveUntil(lead),
});
