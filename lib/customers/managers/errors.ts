import { defineErrors } from '#lib/shared/errors.ts';

export const managerErrors = defineErrors({
  ALREADY_ASSIGNED: { status: 409, message: 'The customer has an account manager.' }, // CUS-193
  NOT_ASSIGNED: { status: 409, message: 'The customer is not assigned to this member.' }, // CUS-200
});
