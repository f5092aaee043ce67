import { type Association, activeAssociation, type Customer, managingPartner } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { AssociationRecord, Side } from './association-record.ts';
import { changeErrors } from './errors.ts';

/** Who asks or answers. */
export interface Party {
  readonly side: Side;
  /** The member, or the customer itself. */
  readonly id: string;
  /** The member's partner. */
  readonly partnerId?: string;
}

/** The side that an actor speaks for; others are not admitted where sides matter. */
export function partyOf(actor: Actor): Party {
  if (actor.kind === 'member') return { side: 'partner', id: actor.id, partnerId: actor.partnerId };
  if (actor.kind === 'customer') return { side: 'customer', id: actor.customerId };
  throw new TypeError('the caller speaks for no side');
}

/**
 * The association that a party may ask to change.
 * @throws Refusal NOT_ASSOCIATED, RESELLERS_CUSTOMER (ORD-33)
 */
export function requireAssociation(customer: Customer, party: Party): Association {
  const association = activeAssociation(customer);
  if (!association) throw new Refusal(changeErrors.NOT_ASSOCIATED);
  requireOwn(managingPartner(association), party);
  return association;
}

/** ORD-37. @throws Refusal NOT_COUNTERPARTY, RESELLERS_CUSTOMER */
export function requireCounterparty({ initiatedBy, partnerId }: AssociationRecord, party: Party): void {
  requireOwn(partnerId, party);
  if (initiatedBy === party.side) throw new Refusal(changeErrors.NOT_COUNTERPARTY);
}

/** ORD-32. @throws Refusal NOT_INITIATOR, RESELLERS_CUSTOMER */
export function requireInitiator({ initiatedBy, partnerId }: AssociationRecord, party: Party): void {
  requireOwn(partnerId, party);
  if (initiatedBy !== party.side) throw new Refusal(changeErrors.NOT_INITIATOR);
}

function requireOwn(partnerId: string, party: Party): void {
  if (party.side === 'partner' && party.partnerId !== partnerId) throw new Refusal(changeErrors.RESELLERS_CUSTOMER);
}
