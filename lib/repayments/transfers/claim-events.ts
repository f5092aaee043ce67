import { transferClaimConfirmed, transferClaimRejected, transferClaimSubmitted } from '#events/repayments.ts';
import { paymentText } from '#lib/billing/index.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { TransferClaim } from './claim.ts';

const detailOf = ({ claimId, partnerId, amount, currency }: TransferClaim) => ({
  claimId,
  partnerId,
  amount: paymentText(amount, currency),
  currency,
});

export const submittedEvent = (claim: TransferClaim): OutgoingEvent => {
  const { submittedAt, respondBy } = claim;
  return event(transferClaimSubmitted, { ...detailOf(claim), submittedAt, respondBy }, submittedAt);
};

export const confirmedEvent = (claim: TransferClaim, now: Instant): OutgoingEvent =>
  event(transferClaimConfirmed, { ...detailOf(claim), confirmedAt: now }, now);

export const rejectedEvent = (claim: TransferClaim, reason: string, now: Instant): OutgoingEvent =>
  event(transferClaimRejected, { ...detailOf(claim), reason, rejectedAt: now }, now);
