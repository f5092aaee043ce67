import { defineErrors } from '#lib/shared/errors.ts';

export const controlRequestErrors = defineErrors({
  CONTROL_REQUEST_NOT_FOUND: { status: 404, message: 'There is no such request.' },
  CONTROL_AUTHORIZED: { status: 409, message: 'Your distributor has authorized you: make the change yourself.' }, // CUS-176
  CONTROL_REQUEST_OPEN: { status: 409, message: 'A request of this kind is open for this customer.' }, // CUS-177
  CONTROL_REQUEST_CLOSED: { status: 409, message: 'The request has been closed.' }, // CUS-177
  WISHED_AMOUNT_INVALID: {
    status: 422,
    message: 'A wish for a budget names an amount of at least 0.01 with 2 decimals; others name none.',
  }, // CUS-176
});
