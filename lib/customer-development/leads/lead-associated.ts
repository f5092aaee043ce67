import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Lead } from './lead.ts';
import { replaceLead } from './lead-store.ts';
import { freePlace } from './place-store.ts';
import { releaseUnlessForeign } from './reservation.ts';

/**
 * DEV-105: a valid or expired lead becomes associated, its place and its claim on the address are given back, because the association
 * itself now keeps others out. Holds as well that no other partner protects the address, so `noOtherReservation` of the same address
 * is left out beside it (an item stands once in a transaction). Conditions that fail are read and decided again.
 */
export const leadAssociatedWrites = (lead: Lead, customerId: string, now: Instant): Write[] => [
  replaceLead(lead, { ...lead, status: 'associated', customerId }),
  freePlace(lead),
  releaseUnlessForeign(lead.email, lead.partnerId, now),
];
