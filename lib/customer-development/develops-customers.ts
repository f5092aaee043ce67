import { leadErrors } from './leads/errors.ts';

/** DEV-22: the partner's own right to win customers; what every operation of this area on leads, invitations and links declares. */
export const developsCustomers = {
  grant: 'customer-development',
  error: leadErrors.CUSTOMER_DEVELOPMENT_DISABLED,
} as const;
