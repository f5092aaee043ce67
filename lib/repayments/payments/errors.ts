import { defineErrors } from '#lib/shared/errors.ts';

export const paymentErrors = defineErrors({
  ONLINE_PAYMENT_NOT_AVAILABLE: {
    status: 403,
    message: 'The entity that the partner has its contract with takes no online payments; use a bank transfer.',
  }, // FIN-72
  AMOUNT_OUT_OF_RANGE: { status: 422, message: 'The amount lies outside the limits of one transaction.' }, // FIN-73
  CURRENCY_NOT_SUPPORTED: { status: 422, message: 'This currency cannot be paid online.' }, // FIN-74
  CARD_DECLINED: { status: 402, message: 'The card was refused; nothing was charged.' }, // FIN-77
  REPAYMENT_NOT_FOUND: { status: 404, message: 'There is no such repayment.' },
  TRANSACTION_LIMIT_INVALID: {
    status: 422,
    message: 'The limits must be 0 or more, the upper one above the lower one, in whole units of the currency.',
  }, // FIN-73
  SIGNATURE_INVALID: { status: 401, message: 'The notification is not signed by the card processor.' },
});

export const cardErrors = defineErrors({
  PAYMENTS_UNAVAILABLE: { status: 503, message: 'The card processor does not answer at present; try again later.' },
  CURRENCY_NOT_SET: { status: 409, message: 'Set the payment currency before adding a card.' }, // FIN-99
  AGREEMENT_REQUIRED: { status: 422, message: 'The card-binding agreement must be accepted.' }, // FIN-100
  INVALID_ID_NUMBER: { status: 422, message: 'In Chile a RUT, or another ID number of 5 to 20 characters, is needed.' }, // FIN-101
  CARD_VERIFICATION_FAILED: { status: 402, message: 'The card was not accepted; the card history names the reason.' }, // FIN-105
  DEFAULT_CARD_UNDELETABLE: { status: 409, message: 'Set another card as default before deleting this one.' }, // FIN-107
  CARD_NOT_FOUND: { status: 404, message: 'There is no such card.' },
  CARD_NOT_ACTIVE: { status: 409, message: 'The card is not active.' },
  CARDS_NOT_AVAILABLE: { status: 403, message: 'Only a solution-provider can bind cards.' },
});
