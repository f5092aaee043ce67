import { defineErrors } from '#lib/shared/errors.ts';

/** What the customer's side answers at once. What blocks the association itself is told by the row: `FAILURES`. */
export const associationErrors = defineErrors({
  LINK_NOT_FOUND: { status: 404, message: 'This link leads nowhere; ask the partner for a new invitation.' },
  LINK_EXPIRED: { status: 410, message: 'This link has expired or was replaced by a newer one.' },
  CODE_USED: { status: 409, message: 'This invitation was taken up by another account.' },
  LINK_USED: { status: 409, message: 'This invitation has already led to an association.' },
  EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION: {
    status: 409,
    message: 'Links and QR codes serve new accounts only; ask the partner to invite your account by e-mail.',
  }, // DEV-78
  EMAIL_MISMATCH: { status: 422, message: 'The invitation was sent to another e-mail address; use that one.' }, // DEV-87
  INSTRUCTIONS_NOT_ACCEPTED: {
    status: 422,
    message: 'The association instructions must be accepted in their present version.',
  }, // DEV-81
  NOT_REGISTERED: { status: 409, message: 'Register or log in through this invitation first.' },
  NO_ACCOUNT: { status: 409, message: 'The platform knows no account of this sign-in identity.' },
  NO_INSTRUCTIONS_TO_SIGN: { status: 409, message: 'You are not associated with a partner in the reseller model.' },
  AGREEMENT_NOT_FOUND: { status: 404, message: 'There is no such version of this agreement.' },
  AGREEMENT_OUTDATED: { status: 409, message: 'A newer version of this agreement is in force; read it first.' },
  AGREEMENT_VERSION_TAKEN: { status: 409, message: 'A published version never changes; publish a higher one.' },
});
