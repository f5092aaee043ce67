import { defineErrors } from '#lib/shared/errors.ts';

export const ledgerErrors = defineErrors({
  BALANCE_TOO_SMALL: { status: 409, message: 'The account does not hold that much.' }, // FIN-142
  CONTACT_OPERATOR: {
    status: 410,
    message: 'Statements older than 12 months are not served here; ask the operator of the platform.',
  }, // FIN-155
});
