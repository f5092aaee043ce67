import { defineErrors } from '#lib/shared/errors.ts';

export const queryErrors = defineErrors({
  SORT_NOT_POSSIBLE: {
    status: 422,
    message: 'Too many customers are assigned to you to sort them by an amount; sort by association time.',
  },
  CUSTOMER_EXPORT_ADMIN_ONLY: {
    status: 403,
    message: 'Only an administrator exports customers; please ask the administrator of your partner account.',
  }, // CUS-003
  EXPORT_NOT_FOUND: { status: 404, message: 'There is no such export.' },
});
