import type { Cause } from './run.ts';

/** Why a partner's bill cannot be made. Its code is a cause of a parked partner, for operators, not an answer of the API. */
export class CannotBill extends Error {
  readonly code:
    | 'TAX_RULE_MISSING'
    | 'EXCHANGE_RATE_MISSING'
    | 'LINES_INCOMPLETE'
    | 'ORIGINAL_NOT_BILLED'
    | 'RECONCILIATION_FAILED';
  /** Trying again may help without anybody doing something: an index that lags. */
  readonly passing: boolean;

  constructor(code: CannotBill['code'], detail: string, passing = false) {
    super(detail);
    this.name = 'CannotBill';
    this.code = code;
    this.passing = passing;
  }
}

export const causeOf = (error: unknown): Cause => ({
  code: error instanceof CannotBill ? error.code : 'PROCESSING_FAILED',
  detail: error instanceof Error ? error.message.slice(0, 500) : 'unknown',
});
