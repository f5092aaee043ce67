import { repaymentSucceeded } from '#events/repayments.ts';
import { paymentText } from '#lib/billing/index.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Repayment } from './repayment.ts';

export const succeededEvent = (repayment: Repayment, at: Instant): OutgoingEvent => {
  const { repaymentId, partnerId, method, currency, amount, allocations } = repayment;
  return event(
    repaymentSucceeded,
    {
      repaymentId,
      partnerId,
      method,
      currency,
      amount: paymentText(amount, currency),
      allocations: allocations.map((part) => ({ billId: part.billId, amount: paymentText(part.amount, currency) })),
      at,
    },
    at,
  );
};
