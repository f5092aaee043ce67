import { defineErrors } from '#lib/shared/errors.ts';

export const resellerErrors = defineErrors({
  ALREADY_RESELLER: { status: 409, message: 'This address already belongs to a reseller.' }, // DEV-116
  REGION_NOT_AUTHORIZED: {
    status: 422,
    message: 'The distributor may not invite companies of this country or region.',
  }, // DEV-115
  RESELLER_INVITATION_NOT_FOUND: { status: 404, message: 'There is no such invitation.' },
  INVITATION_EXPIRED: { status: 410, message: 'This link has expired or was replaced by a newer one.' }, // DEV-117
  INVITATION_USED: { status: 409, message: 'This invitation was accepted by another account, or is settled.' }, // ONB-133
  ASSOCIATION_UNDER_WAY: { status: 409, message: 'The association is being checked or made; wait for its result.' },
  LETTER_NOT_ACCEPTED: { status: 422, message: 'The commitment letter must be accepted in its present version.' }, // DEV-133
});
