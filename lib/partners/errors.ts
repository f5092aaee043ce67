import { defineErrors } from '#lib/shared/errors.ts';

export const partnerErrors = defineErrors({
  DISTRIBUTOR_REQUIRED: { status: 422, message: 'A reseller is registered under a distributor.' },
  DISTRIBUTOR_NOT_ALLOWED: { status: 422, message: 'Only a reseller is registered under a distributor.' },
  DISTRIBUTOR_NOT_FOUND: { status: 422, message: 'There is no distributor with this id.' },
  SUBJECT_TAKEN: { status: 409, message: 'This sign-in identity already acts for somebody.' },
});
