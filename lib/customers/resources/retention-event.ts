import type { Customer } from '../customer.ts';

/** Whose resources an event tells of. */
export const named = ({ customerId, accountName, association }: Customer) => ({
  customerId,
  accountName,
  partnerId: association?.partnerId ?? '',
  resellerId: association?.resellerId,
});
