import { type AssociationWish, activeAssociation, associationWrites, type Customer } from '#lib/customers/index.ts';
import { type PartnerStanding, standingUnchanged } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Commit, Write } from '#lib/shared/transaction.ts';
import { associationRecordWrites } from '../changes/record-association.ts';
import { type Lead, normaliseEmail } from '../leads/lead.ts';
import { leadAssociatedWrites } from '../leads/lead-associated.ts';
import { noOtherReservation } from '../leads/reservation.ts';
import type { Pair } from './facts.ts';

/**
 * DEV-98, DEV-105: the association with everything that follows from it, in one transaction. It holds only while the partner's standing
 * is what was judged and no other partner has reserved the address in the meantime; otherwise all is read and judged again.
 */
export function associationCommit(
  { standing, account, customer, type }: Pair,
  wish: Omit<AssociationWish, 'partnerId' | 'resellerId' | 'type'>,
  lead: Lead | undefined,
  now: Instant,
): Required<Omit<Commit, 'aside'>> {
  const { after, writes, events, trace } = associationWrites(customer, { ...partnersOf(standing), ...wish, type }, now);
  const association = activeAssociation(after);
  const { partnerId } = standing;
  const reserved = { email: normaliseEmail(account.email), partnerId, lead };
  return {
    writes: [
      ...writes,
      ...(association ? associationRecordWrites(after, association, initiatorOf(wish, customer, partnerId), now) : []),
      standingUnchanged(standing),
      ...reservationWrites(reserved, customer.customerId, now),
    ],
    events,
    trace,
  };
}

/** Who asked for it, as the record of associations shows: the customer that accepted, or the partner whose ticket it was. */
const initiatorOf = ({ origin }: Pick<AssociationWish, 'origin'>, { customerId }: Customer, partnerId: string) =>
  origin === 'ticket' ? { side: 'partner' as const, id: partnerId } : { side: 'customer' as const, id: customerId };

/** The tier-1 partner, and the reseller in between if that one invited. */
const partnersOf = ({ type, partnerId, distributorId }: PartnerStanding) =>
  type === 'reseller' && distributorId !== undefined
    ? { partnerId: distributorId, resellerId: partnerId }
    : { partnerId };

interface Reserved {
  readonly email: string;
  readonly partnerId: string;
  readonly lead?: Lead;
}

/** An item stands once in a transaction, and ending a lead of this address checks its claim already. */
export function reservationWrites({ email, partnerId, lead }: Reserved, customerId: string, now: Instant): Write[] {
  const ended = lead ? leadAssociatedWrites(lead, customerId, now) : [];
  return lead?.email === email ? ended : [...ended, noOtherReservation(email, partnerId, now)];
}
