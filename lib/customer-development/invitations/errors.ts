import { defineErrors } from '#lib/shared/errors.ts';

export const invitationErrors = defineErrors({
  INVITATION_NOT_FOUND: { status: 404, message: 'There is no such invitation.' },
  RESEND_NOT_SUPPORTED: {
    status: 409,
    message: 'Only an e-mailed invitation that is open, has expired or failed can be sent again.',
  }, // DEV-65, DEV-68
  EXPORT_NOT_FOUND: { status: 404, message: 'There is no such export.' },
});
