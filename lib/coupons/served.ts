import type { Customer } from '#lib/customers/index.ts';

/**
 * A customer whose spending the partner is billed for, now: in the reseller model (FIN-134). A coupon for the customers of a reseller
 * is for that reseller's alone.
 */
export const isServed = ({ association }: Customer, partnerId: string, resellerId: string | undefined): boolean =>
  association?.partnerId === partnerId &&
  association.type === 'reseller' &&
  association.endedAt === undefined &&
  (resellerId === undefined || association.resellerId === resellerId);
