import { defineErrors } from '#lib/shared/errors.ts';

export const purchaseErrors = defineErrors({
  ACTION_UNKNOWN: { status: 422, message: 'There is no such action for this billing mode.' }, // CUS-124
  PURCHASE_AMOUNT_INVALID: {
    status: 422,
    message: 'An amount above 0 is reserved for prepaid purchases only, and goes with a purchase id.',
  }, // CUS-138
  PURCHASE_CONFLICT: { status: 409, message: 'This purchase id was used with another action or amount.' },
  PURCHASE_ENDED: { status: 409, message: 'The reservation of this purchase has ended; ask with a new purchase id.' },
  PURCHASE_NOT_FOUND: { status: 404, message: 'Nothing was reserved for such a purchase.' },
  RESERVATION_LAPSED: { status: 409, message: 'The reservation was not used in time; ask again before selling.' },
  SETTLEMENT_TOO_HIGH: { status: 422, message: 'More than the reserved amount cannot be settled.' },
  PURCHASE_SETTLED: { status: 409, message: 'The purchase was settled, with another amount or record.' },
});
