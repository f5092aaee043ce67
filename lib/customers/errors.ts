import { defineErrors } from '#lib/shared/errors.ts';

export const customerErrors = defineErrors({
  ACCOUNT_TAKEN: { status: 409, message: 'This platform account is already registered as a customer.' },
  CUSTOMER_SUBJECT_TAKEN: { status: 409, message: 'This sign-in identity already acts for somebody.' },
  ALREADY_ASSOCIATED: { status: 409, message: 'The customer is associated with a partner.' },
  PARTNER_CANNOT_ASSOCIATE: {
    status: 422,
    message:
      'A customer is associated with a solution-provider or a distributor, by way of one of its resellers if need be.',
  },
  RESELLER_NOT_OF_PARTNER: { status: 422, message: 'This reseller does not belong to that distributor.' },
  REFERRAL_NOT_POSSIBLE: { status: 422, message: 'A reseller has customers in the reseller model only.' }, // ORD-180
  NOT_AN_ACCOUNT_MANAGER: { status: 422, message: 'This member is no account manager or director of the partner.' }, // CUS-184
});

export const controlErrors = defineErrors({
  NOT_RESELLER_MODEL: { status: 422, message: 'Budgets and freezing exist for customers in the reseller model only.' }, // CUS-015
  CONTROL_NOT_AUTHORIZED: {
    status: 403,
    message: 'Your distributor has not authorized you to set budgets and freeze.',
  }, // CUS-017
  CONTROL_DELEGATED: {
    status: 403,
    message: 'You have authorized the reseller to set budgets and freeze; it is the controller.',
  }, // CUS-018
  PARTNER_ACCOUNT_FROZEN: {
    status: 403,
    message: 'Your own account is frozen or not active, so you cannot unfreeze a customer.',
  }, // CUS-016
  ALREADY_FROZEN: { status: 409, message: 'The customer is frozen already.' }, // CUS-148
  NOT_FROZEN: { status: 409, message: 'The customer is not frozen.' }, // CUS-163
  FREEZE_LEVEL_MISMATCH: {
    status: 409,
    message: 'Account and account with resources are unfrozen by different operations.',
  }, // CUS-163
  ALREADY_RESTRICTED: { status: 409, message: 'New pay-per-use purchases are restricted already.' }, // CUS-170
  NOT_RESTRICTED: { status: 409, message: 'New pay-per-use purchases are not restricted.' }, // CUS-170
  REASON_INVALID: { status: 422, message: 'A reason of 1 to 256 characters is needed.' }, // CUS-145
  BATCH_SIZE: { status: 422, message: 'The number of distinct customers in the request is not allowed.' }, // CUS-079, CUS-149
});
