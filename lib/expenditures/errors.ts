import { defineErrors } from '#lib/shared/errors.ts';

export const expenditureErrors = defineErrors({
  RELEASE_REFUSED: { status: 422, message: 'The record still cannot be counted.' },
  BILL_ACCESS_REVOKED: { status: 403, message: 'Your partner does not let its customers see bills and costs.' }, // ORD-141
  IMPORT_NOT_UPLOADED: { status: 409, message: 'The file has not been uploaded yet.' },
  CONTACT_ECOSYSTEM_MANAGER: {
    status: 422,
    message: 'Cycles more than 18 months back are available from your ecosystem manager.',
  }, // ORD-165
});
