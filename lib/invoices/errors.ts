import { defineErrors } from '#lib/shared/errors.ts';

export const invoiceErrors = defineErrors({
  INVOICE_NOT_FOUND: { status: 404, message: 'There is no such invoice.' },
  INVOICE_NOT_READY: { status: 409, message: 'The invoice is not in a state that allows this.' }, // FIN-117
  ALREADY_RETURNED: { status: 409, message: 'This invoice has been returned already.' }, // FIN-117
  ALREADY_REISSUED: { status: 409, message: 'Another invoice has been issued in place of this one already.' }, // FIN-117
  INVOICE_EXISTS: { status: 409, message: 'There is an invoice for this bill already.' }, // FIN-111
  NOTHING_TO_INVOICE: { status: 422, message: 'Nothing is due for this bill, so there is no invoice.' }, // FIN-111
  ATTACHMENT_REQUIRED: { status: 422, message: 'Upload the attachment first and name it here.' }, // FIN-116, FIN-117
  ATTACHMENT_INVALID: { status: 422, message: 'The attachment must be a PDF, PNG or JPEG file of at most 10 MB.' },
});

export const infoErrors = defineErrors({
  TAX_ID_READ_ONLY: { status: 422, message: 'The tax ID comes from the registration and cannot be changed here.' }, // FIN-114
  EMAIL_REQUIRED: { status: 422, message: 'Save an e-mail address before turning mail delivery on.' }, // FIN-115
});

export const ticketErrors = defineErrors({
  TICKET_NOT_FOUND: { status: 404, message: 'There is no such ticket.' },
  TICKET_CLOSED: { status: 409, message: 'The ticket has been decided already.' },
});

export const certificateErrors = defineErrors({
  CERTIFICATE_NOT_FOUND: { status: 404, message: 'There is no such withholding certificate.' },
  CERTIFICATE_NOT_EXPECTED: { status: 422, message: 'This invoice contains no withholding tax.' }, // FIN-124
  CERTIFICATE_AMOUNT_INVALID: {
    status: 422,
    message: 'A certificate covers at most the part of the withheld tax that no other covers, and what is still owed.',
  }, // FIN-125
  CERTIFICATE_CLOSED: { status: 409, message: 'The certificate has been reviewed already.' },
});

export const entityErrors = defineErrors({
  ISSUING_ENTITY_NOT_FOUND: { status: 404, message: 'There is no such issuing entity.' },
  ISSUING_ENTITY_MISSING: { status: 409, message: 'No issuing entity is set for this partner.' }, // FIN-110
});

export const residenceErrors = defineErrors({
  RESIDENT_CERTIFICATE_MISSING: {
    status: 404,
    message: 'No tax resident certificate of this company is on file for this day; ask its support for it.',
  }, // FIN-120
});
