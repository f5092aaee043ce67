import type { Attachment } from '#lib/shared/attachments.ts';
import type { FieldError } from '#lib/shared/errors.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, roundHalfUp } from '#lib/shared/money.ts';
import { type BusinessDay, businessDayOf, type Instant } from '#lib/shared/time.ts';
import { workingDaysAfter } from '#lib/shared/working-days.ts';
import { transferErrors } from '../errors.ts';

export const CLAIM_STATUSES = ['submitted', 'confirmed', 'rejected'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/** FIN-80: what a partner says of a transfer that it made. */
export interface ClaimWish {
  /** The day on which the money was sent. */
  readonly topUpTime: BusinessDay;
  readonly amount: Money;
  readonly currency: string;
  /** The payer's account number. */
  readonly bankAccount: string;
  readonly invoiceNo?: string;
  /** Says so when the money is to be booked to another account (FIN-81). */
  readonly description?: string;
}

export interface TransferClaim extends ClaimWish {
  readonly claimId: string;
  readonly partnerId: string;
  readonly certificate: Attachment;
  readonly status: ClaimStatus;
  readonly createdAt: Instant;
  /** Of the last submission; the three working days count from here (FIN-82, FIN-83). */
  readonly submittedAt: Instant;
  readonly submittedBy: string;
  readonly respondBy: Instant;
  readonly decidedAt?: Instant;
  /** Of the last rejection. */
  readonly reason?: string;
  /** Whose account the money went to (FIN-81). */
  readonly bookedTo?: string;
  readonly version: number;
}

const WORKING_DAYS = 3;
/** FIN-164: Monday to Friday, whatever the holidays. */
const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/** FIN-82. */
const respondBy = (submittedAt: Instant): Instant => workingDaysAfter(submittedAt, WORKING_DAYS, NO_HOLIDAYS);

export const isLateClaim = (claim: Pick<TransferClaim, 'status' | 'respondBy'>, now: Instant): boolean =>
  claim.status === 'submitted' && now > claim.respondBy;

/** What is wrong with a claim, all at once. No upper limit: those of cards do not hold here (FIN-84). */
export function problemsOf(wish: ClaimWish, decimals: number, now: Instant): FieldError[] {
  const problems: FieldError[] = [];
  if (wish.topUpTime > businessDayOf(now))
    problems.push({ pointer: '/topUpTime', detail: 'must not lie in the future' });
  if (wish.amount <= 0n) problems.push({ pointer: '/amount', detail: 'must be above 0' });
  if (wish.amount !== roundHalfUp(wish.amount, decimals)) {
    problems.push({ pointer: '/amount', detail: `must have at most ${decimals} decimals` });
  }
  return problems;
}

export interface Submission {
  readonly wish: ClaimWish;
  readonly certificate: Attachment;
  readonly submittedBy: string;
}

export const fileClaim = (
  ids: Pick<TransferClaim, 'claimId' | 'partnerId'>,
  { wish, certificate, submittedBy }: Submission,
  now: Instant,
): TransferClaim => ({
  ...wish,
  ...ids,
  certificate,
  status: 'submitted',
  createdAt: now,
  submittedAt: now,
  submittedBy,
  respondBy: respondBy(now),
  version: 1,
});

/** FIN-83: the same claim, corrected; the three working days start anew. @throws Refusal CLAIM_NOT_OPEN */
export function resubmitClaim(
  before: TransferClaim,
  { wish, certificate, submittedBy }: Submission,
  now: Instant,
): TransferClaim {
  if (before.status !== 'rejected') throw new Refusal(transferErrors.CLAIM_NOT_OPEN);
  const { claimId, partnerId, createdAt, version } = before;
  const claim = fileClaim({ claimId, partnerId }, { wish, certificate, submittedBy }, now);
  return { ...claim, createdAt, version: version + 1 };
}

/** @throws Refusal CLAIM_NOT_OPEN */
export const confirmClaim = (before: TransferClaim, bookedTo: string, now: Instant): TransferClaim => ({
  ...open(before),
  status: 'confirmed',
  bookedTo,
  decidedAt: now,
  version: before.version + 1,
});

/** @throws Refusal CLAIM_NOT_OPEN */
export const rejectClaim = (before: TransferClaim, reason: string, now: Instant): TransferClaim => ({
  ...open(before),
  status: 'rejected',
  reason,
  decidedAt: now,
  version: before.version + 1,
});

function open(claim: TransferClaim): TransferClaim {
  if (claim.status !== 'submitted') throw new Refusal(transferErrors.CLAIM_NOT_OPEN);
  return claim;
}
