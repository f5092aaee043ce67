import type * as z from 'zod';
import { agreementAnnouncementDue, instructionsToSign } from '#events/association.ts';
import { activeAssociation, type Customer, listCustomersOfPartner, managingPartner } from '#lib/customers/index.ts';
import { listPartners, type Partner } from '#lib/partners/index.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';

type Announcement = z.output<typeof agreementAnnouncementDue.detail>;

/** Each page leaves fewer events than a transaction holds. */
const PARTNERS = 40;
const CUSTOMERS = 90;

/**
 * DEV-203: asks the customers in the reseller model to sign the new instructions, a page at a time: first the tier-1 partners, then the
 * customers of each, then each customer. Ids of the events follow from what they say, so that a page worked off twice says nothing twice.
 */
export const announceAgreement = (announcement: Announcement, now: Instant): Promise<void> =>
  announcement.partnerId === undefined ? announceToPartners(announcement, now) : announceToCustomers(announcement, now);

async function announceToPartners(announcement: Announcement, now: Instant): Promise<void> {
  const { partners, nextKey } = await listPartners('billed', { limit: PARTNERS, startKey: announcement.after });
  const lists = partners.flatMap((partner) =>
    scopesOf(partner).map((scope) => ({ partnerId: partner.partnerId, scope, after: undefined })),
  );
  const parts = [...lists, ...(nextKey ? [{ after: nextKey }] : [])];
  await leave(parts.map((part) => next({ ...announcement, ...part }, now)));
}

async function announceToCustomers(announcement: Announcement, now: Instant): Promise<void> {
  const { partnerId = '', scope = 'own', after } = announcement;
  const page = await listCustomersOfPartner(partnerId, scope, { limit: CUSTOMERS, startKey: after });
  await leave([
    ...page.customers.flatMap((customer) => askToSign(announcement, customer, now)),
    ...(page.nextKey ? [next({ ...announcement, after: page.nextKey }, now)] : []),
  ]);
}

const scopesOf = ({ type }: Partner): ('own' | 'resellers')[] =>
  type === 'distributor' ? ['own', 'resellers'] : ['own'];

function next(announcement: Announcement, now: Instant): OutgoingEvent {
  const { agreementVersion, partnerId = '', scope = '', after } = announcement;
  const id = derivedId('evt', 'announcement', agreementVersion, partnerId, scope, JSON.stringify(after ?? ''));
  return event(agreementAnnouncementDue, announcement, now, id);
}

/** The referral model has no instructions (DEV-81). */
function askToSign({ agreementVersion, title }: Announcement, customer: Customer, now: Instant): OutgoingEvent[] {
  const association = activeAssociation(customer);
  if (association?.type !== 'reseller') return [];
  const { customerId } = customer;
  const partnerId = managingPartner(association);
  const id = derivedId('evt', 'to-sign', agreementVersion, customerId, partnerId);
  return [event(instructionsToSign, { customerId, partnerId, agreementVersion, title }, now, id)];
}

const leave = (events: readonly OutgoingEvent[]): Promise<void> => transact({ writes: [], events });
