import { defineErrors } from '#lib/shared/errors.ts';

export const budgetErrors = defineErrors({
  BUDGET_AMOUNT_INVALID: {
    status: 422,
    message: 'The amount must lie between 0.01 and 2,147,483,647.00 and have at most 2 decimals.',
  }, // CUS-057
  BUDGET_NOT_SET: { status: 422, message: 'No budget is set for this customer.' }, // CUS-084
  BUDGET_NOT_MONTHLY: { status: 422, message: 'Only a monthly budget has a month to be forecast.' }, // CUS-059
  QUOTA_EXCEEDED: { status: 422, message: 'The quota that your distributor gave you does not cover this.' }, // CUS-085
  QUOTA_INVALID: { status: 422, message: 'A quota must be 0.00 or more and have at most 2 decimals.' }, // DEV-125
  ALERT_NOT_FOUND: { status: 404, message: 'There is no such budget alert.' },
  ALERT_CLEARED: { status: 409, message: 'The alert was cleared before anybody acknowledged it.' },
  RECIPIENT_EXISTS: { status: 409, message: 'This e-mail address is already among the recipients.' }, // CUS-122
  RECIPIENT_LIMIT: { status: 422, message: 'A partner has at most 20 recipients of budget notices.' }, // CUS-122
  RECIPIENT_NOT_FOUND: { status: 404, message: 'There is no such recipient.' },
});
