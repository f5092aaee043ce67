import { defineErrors } from '#lib/shared/errors.ts';

export const linkErrors = defineErrors({
  INVITATION_LINK_NOT_FOUND: { status: 404, message: 'There is no such invitation link.' },
  CAMPAIGN_PERIOD_INVALID: { status: 422, message: 'A campaign ends after it begins, and in the future.' }, // DEV-77
});
