import { defineErrors } from '#lib/shared/errors.ts';

export const churnErrors = defineErrors({
  CUSTOMER_ALERT_NOT_FOUND: { status: 404, message: 'There is no such alert.' },
  ALERT_NOT_YOURS: { status: 403, message: 'Somebody else is responsible for this alert.' }, // CUS-009
  ALERT_ALREADY_HANDLED: { status: 409, message: 'The alert has been handled.' }, // CUS-215
  ALERT_ALREADY_OPEN: { status: 409, message: 'An alert of this scenario is unhandled for this customer.' }, // CUS-210
  CUSTOMER_NOT_ASSOCIATED: { status: 409, message: 'The customer is not associated with a partner.' },
});
