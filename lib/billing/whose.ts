import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { type BillName, parseBillId } from './bill-id.ts';
import type { CommercialDiscount } from './discount.ts';
import { loadDiscount } from './discount-store.ts';
import { billingErrors, ruleErrors } from './errors.ts';

/**
 * Whose bills are asked for: a member's own partner's; an operator names the partner.
 * @throws Refusal PARTNER_NOT_FOUND for another partner's, INPUT_INVALID when an operator names none
 */
export function partnerOf(actor: Actor, named: string | undefined): string {
  if (actor.kind === 'member') {
    if (named !== undefined && named !== actor.partnerId) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return actor.partnerId;
  }
  if (named !== undefined) return named;
  throw new Refusal(sharedErrors.INPUT_INVALID, {}, [
    { pointer: 'query/partnerId', detail: 'an operator names the partner' },
  ]);
}

/** FIN-01: the platform settles with tier-1 partners alone. */
export const billedPartners = {
  types: ['solution-provider', 'distributor'],
  error: billingErrors.PARTNER_TYPE_NOT_BILLED,
} as const;

const mayRead = (actor: Actor, partnerId: string): boolean =>
  actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === partnerId);

/** Without a revision it is the bill of the cycle that is valid. */
export type NamedBill = Omit<BillName, 'revision'> & Partial<BillName>;

/** The bill named in the path, issued or not: its id says whose it is and of which cycle. */
export const billScope: Scope<BillName> = {
  name: 'bill',
  parameter: 'billId',
  notFound: billingErrors.BILL_NOT_FOUND,
  load: async (actor, billId) => {
    const named = parseBillId(billId);
    return named && mayRead(actor, named.partnerId) ? named : undefined;
  },
};

export const discountScope: Scope<CommercialDiscount> = {
  name: 'commercial discount',
  parameter: 'discountId',
  notFound: ruleErrors.DISCOUNT_NOT_FOUND,
  load: async (actor, discountId) => {
    const discount = await loadDiscount(discountId);
    return discount && mayRead(actor, discount.partnerId) ? discount : undefined;
  },
};
