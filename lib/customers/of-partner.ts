import type { Customer } from './customer.ts';

/** A customer of the partner's own or, for a distributor, of one of its resellers, now. */
export const isOfPartner = (partnerId: string, { association }: Customer): boolean =>
  association !== undefined &&
  association.endedAt === undefined &&
  (association.partnerId === partnerId || association.resellerId === partnerId);
