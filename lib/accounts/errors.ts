import { defineErrors } from '#lib/shared/errors.ts';

export const accountErrors = defineErrors({
  ACCOUNT_EXISTS: { status: 409, message: 'An account with this e-mail address exists already; sign in with it.' },
  ACCOUNT_NOT_FOUND: { status: 404, message: 'The platform knows no such account.' },
  COUNTRY_FIXED: { status: 409, message: 'Services are enabled, so the country or region cannot change any more.' }, // DEV-89
  PASSWORD_REFUSED: { status: 422, message: 'The platform does not accept this password.' },
  PLATFORM_UNAVAILABLE: { status: 503, message: 'The account registry does not answer; try again later.' },
});
