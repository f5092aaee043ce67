import { defineErrors } from '#lib/shared/errors.ts';

export const debtErrors = defineErrors({
  AMOUNT_EXCEEDS_OUTSTANDING: { status: 422, message: 'No more than what is outstanding can be written off.' }, // FIN-70
});

export const transferErrors = defineErrors({
  CERTIFICATE_REQUIRED: { status: 422, message: 'Upload the proof of the transfer first and name it here.' }, // FIN-80
  CERTIFICATE_INVALID: { status: 422, message: 'The proof must be a PDF, PNG or JPEG file of at most 10 MB.' },
  CLAIM_NOT_FOUND: { status: 404, message: 'There is no such claim of a bank transfer.' },
  CLAIM_NOT_OPEN: { status: 409, message: 'The claim is not in a state that allows this.' }, // FIN-83
  TOP_UP_ACCOUNT_NOT_SET: { status: 404, message: 'No account for transfers in this currency has been set.' }, // FIN-78
});
