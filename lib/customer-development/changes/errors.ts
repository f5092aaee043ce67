import { defineErrors } from '#lib/shared/errors.ts';

export const changeErrors = defineErrors({
  NOT_ASSOCIATED: { status: 409, message: 'The customer is not associated with a partner.' },
  RESELLERS_CUSTOMER: { status: 403, message: 'Only the reseller asks for this and answers it; you may read.' }, // ORD-33
  WRONG_ASSOCIATION_TYPE: { status: 422, message: 'This does not exist for customers of this association type.' }, // ORD-02
  NOT_ACKNOWLEDGED: {
    status: 422,
    message:
      'Confirm that problems and settlement after the end are a matter between partner and customer; the platform takes no part.',
  }, // ORD-27
  REASON_REQUIRED: { status: 422, message: 'A reason of 1 to 256 characters is needed.' }, // ORD-28
  REQUEST_PENDING: { status: 409, message: 'A request of this partner and customer waits for an answer.' }, // ORD-31
  CHECK_FAILED: { status: 409, message: 'Something stands in the way; `items` names all of it.' }, // ORD-13, ORD-41
  SAME_TYPE: { status: 422, message: 'The association has this type already.' }, // ORD-35
  REFERRAL_NOT_ENABLED: { status: 403, message: 'The referral model is not enabled for the partner.' }, // ORD-01
  NOT_INITIATOR: { status: 403, message: 'Only the side that asked may withdraw.' }, // ORD-32
  NOT_COUNTERPARTY: { status: 403, message: 'Only the side that did not ask may answer.' }, // ORD-37
  ALREADY_PROCESSED: { status: 409, message: 'The request waits for no answer any more.' },
  RECORD_BATCH_SIZE: { status: 422, message: 'Name 1 to 100 different requests.' }, // ORD-40
});
