import { defineErrors } from '#lib/shared/errors.ts';

export const billingErrors = defineErrors({
  PARTNER_TYPE_NOT_BILLED: { status: 403, message: 'A reseller gets no platform bill; its distributor does.' }, // FIN-01
  BILL_NOT_FOUND: { status: 404, message: 'There is no such bill.' },
  LINE_NOT_FOUND: { status: 404, message: 'There is no such line on this bill.' },
  BILL_NOT_ISSUED: { status: 409, message: 'The bill of this cycle has not been issued yet.' },
});

export const runErrors = defineErrors({
  CYCLE_NOT_CLOSED: { status: 409, message: 'The cycle is not over yet.' },
  RUN_NOT_FOUND: { status: 404, message: 'No bill run was started for this cycle.' },
  PARTNER_NOT_IN_RUN: { status: 404, message: 'This partner is not part of the bill run.' },
});

export const ruleErrors = defineErrors({
  DISCOUNT_NOT_FOUND: { status: 404, message: 'There is no such commercial discount.' },
  DISCOUNT_INVALID: { status: 422, message: 'The discount cannot be granted in this form.' }, // FIN-127, FIN-128
  DISCOUNT_OVERLAP: {
    status: 409,
    message: 'A discount of the same type, customer and product scope is in force in this time.',
  }, // FIN-129
  DISCOUNT_OVER: { status: 409, message: 'The discount has expired or was ended already.' }, // FIN-131
  CUSTOMER_NOT_ASSOCIATED: {
    status: 422,
    message: 'This customer is not associated with the partner in the reseller model.',
  }, // FIN-127
  TAX_RULE_INVALID: { status: 422, message: 'The tax rule cannot be kept in this form.' },
  TAX_RULE_OVERLAP: { status: 409, message: 'Another rule of this area is in force in this time.' },
  EXCHANGE_RATE_INVALID: {
    status: 422,
    message: 'The rate must be above 0 with at most 4 decimals, into another currency than that of bills.',
  },
});

export const exportErrors = defineErrors({
  EXPORT_RANGE_TOO_LONG: { status: 422, message: 'An export covers at most 12 months.' }, // FIN-156
  EXPORT_RANGE_INVALID: { status: 422, message: 'The range ends before it starts.' },
  EXPORT_NOT_FOUND: { status: 404, message: 'There is no such export.' },
});

export const correctionErrors = defineErrors({
  CYCLE_ISSUED: {
    status: 409,
    message: 'The bill of this cycle is issued or being made; a correction goes onto the next bill.',
  }, // FIN-69
  BILL_ALREADY_PAID: {
    status: 409,
    message: 'Something of the bill is paid, written off or withheld; correct it by an adjustment on the next bill.',
  },
  BILL_PAYMENT_UNDER_WAY: {
    status: 409,
    message:
      'A card payment that may pay this bill has not ended yet; repeat the request when it has: a payer has 30 minutes, the processor is asked meanwhile.',
  }, // FIN-76, FIN-77
  BILL_REFUNDED: {
    status: 409,
    message:
      'Another bill takes back charges of this one: void that one first, or correct this one by an adjustment on the next bill.',
  }, // FIN-33, FIN-63
  BILL_CREDIT_SPENT: { status: 409, message: 'What this negative bill gave back has been spent already.' }, // FIN-45
  COUPONS_SPENT: { status: 409, message: 'What this bill gave back to coupons has been used already.' }, // FIN-62
  BILL_VOIDED: { status: 409, message: 'The bill was voided; go on with the one that takes its place.' },
  BILL_NOT_VOIDED: { status: 409, message: 'Only a bill that was voided is made anew.' },
  VOIDING_UNDER_WAY: { status: 409, message: 'Coupons are getting back what the bill took; repeat the request.' },
  CYCLE_NOT_BEGUN: { status: 409, message: 'This cycle has not begun yet.' },
  ADJUSTMENT_INVALID: { status: 422, message: 'The amount must differ from 0 and have at most 8 decimals.' }, // FIN-34, FIN-40
});

export const reconciliationErrors = defineErrors({
  NOT_RECONCILED: { status: 404, message: 'The bill of this partner and cycle was never reconciled.' },
});

export const previewErrors = defineErrors({
  PREVIEW_NOT_FOUND: { status: 404, message: 'There is no such preview.' },
});
