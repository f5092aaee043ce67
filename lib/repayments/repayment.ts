import type { Money } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';

export const REPAYMENT_METHODS = [
  'balance',
  'online-card',
  'bank-transfer',
  'withholding-certificate',
  'incentive-top-up',
] as const;
export type RepaymentMethod = (typeof REPAYMENT_METHODS)[number];

export const REPAYMENT_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type RepaymentStatus = (typeof REPAYMENT_STATUSES)[number];

export interface Allocation {
  readonly billId: string;
  readonly amount: Money;
}

/** One attempt to pay: what came in, and which bills it paid (FIN-75, FIN-76). What is over stays in the account. */
export interface Repayment {
  /** `rep_…`; derived from the cause where the same cause must pay once. */
  readonly repaymentId: string;
  readonly partnerId: string;
  readonly method: RepaymentMethod;
  readonly currency: string;
  readonly amount: Money;
  readonly allocations: readonly Allocation[];
  readonly status: RepaymentStatus;
  readonly createdAt: Instant;
  readonly settledAt?: Instant;
  /** Why it failed: a code, never what a person typed. */
  readonly failure?: string;
  /** Numbers of the statement entries that it made. */
  readonly transactionNos?: readonly string[];
  /** Only of `online-card`. */
  readonly charge?: CardCharge;
  readonly version: number;
}

/** How the processor is asked for the money; its idempotency key is the repayment's id. */
export interface CardCharge {
  /** A bound card, or none when the partner entered one on the processor's page for this time only. */
  readonly cardId?: string;
  readonly last4?: string;
  /** The round of automatic charges that it belongs to; none when a member asked for it. */
  readonly roundId?: string;
  /** Where the payer proves who it is (3-D Secure). */
  readonly redirectUrl?: string;
  /** When the processor is asked next what became of it. */
  readonly askAt?: Instant;
}
