import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-75, FIN-87. Money went to bills, oldest cycle first; what is over stays in the account. */
export const repaymentSucceeded = defineEvent({
  name: 'repayment.succeeded',
  version: 1,
  detail: z.object({
    repaymentId: z.string(),
    partnerId: z.string(),
    method: z.string(),
    currency: z.string(),
    amount: z.string(),
    allocations: z.array(z.object({ billId: z.string(), amount: z.string() })),
    at: z.string(),
  }),
});

/** FIN-88. The account balance was applied to a bill that was issued; `outstanding` is what it did not cover. */
export const billBalanceApplied = defineEvent({
  name: 'bill.balance-applied',
  version: 1,
  detail: z.object({
    billId: z.string(),
    partnerId: z.string(),
    currency: z.string(),
    outstanding: z.string(),
    appliedAt: z.string(),
  }),
});

/** FIN-70. An operator wrote off a part of a bill, or all that remained of it. */
export const billWrittenOff = defineEvent({
  name: 'bill.written-off',
  version: 1,
  detail: z.object({
    billId: z.string(),
    partnerId: z.string(),
    currency: z.string(),
    amount: z.string(),
    outstanding: z.string(),
    writtenOffAt: z.string(),
  }),
});

const unpaid = {
  billId: z.string(),
  partnerId: z.string(),
  cycle: z.string(),
  currency: z.string(),
  outstanding: z.string(),
  dueAt: z.string(),
};

/** FIN-162. A bill was not paid in time. */
export const billOverdue = defineEvent({
  name: 'bill.overdue',
  version: 1,
  detail: z.object({ ...unpaid, overdueSince: z.string() }),
});

/** FIN-163. A partner is to be reminded of a bill: before it is due, or after, every seven days. */
export const billReminderDue = defineEvent({
  name: 'bill.reminder-due',
  version: 1,
  detail: z.object({ ...unpaid, daysOverdue: z.number().int().meta({ description: '0 before it is overdue' }) }),
});

const claim = {
  claimId: z.string(),
  partnerId: z.string(),
  amount: z.string(),
  currency: z.string(),
};

/** FIN-80, FIN-83. A partner says that it transferred money; an operator answers until `respondBy`. */
export const transferClaimSubmitted = defineEvent({
  name: 'transfer-claim.submitted',
  version: 1,
  detail: z.object({ ...claim, submittedAt: z.string(), respondBy: z.string() }),
});

/** FIN-82. The money was found and booked. */
export const transferClaimConfirmed = defineEvent({
  name: 'transfer-claim.confirmed',
  version: 1,
  detail: z.object({ ...claim, confirmedAt: z.string() }),
});

/** FIN-83. The claim went back to the partner, which may correct it. */
export const transferClaimRejected = defineEvent({
  name: 'transfer-claim.rejected',
  version: 1,
  detail: z.object({ ...claim, reason: z.string(), rejectedAt: z.string() }),
});

/** FIN-82. So many claims have waited for more than three working days. */
export const transferClaimsOverdue = defineEvent({
  name: 'transfer-claims.overdue',
  version: 1,
  detail: z.object({ day: z.string(), overdue: z.number().int(), longestSince: z.string() }),
});

/** FIN-77. A card was not charged; nothing was booked. */
export const repaymentFailed = defineEvent({
  name: 'repayment.failed',
  version: 1,
  detail: z.object({
    repaymentId: z.string(),
    partnerId: z.string(),
    method: z.string(),
    currency: z.string(),
    amount: z.string(),
    failure: z.string(),
    at: z.string(),
  }),
});

/** FIN-88 to FIN-91. A round of automatic card charges goes on, or begins again on another day. */
export const cardChargeDue = defineEvent({
  name: 'card-charge.due',
  version: 1,
  detail: z.object({ partnerId: z.string(), roundId: z.string(), at: z.string() }),
});

/** FIN-91, FIN-97. No card of the partner could be charged; a bill is tried again the next day. */
export const cardChargeFailed = defineEvent({
  name: 'card-charge.failed',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    roundId: z.string(),
    cause: z.enum(['bill', 'quota']),
    billId: z.string().optional(),
    currency: z.string(),
    amount: z.string().meta({ description: 'What could not be charged' }),
    at: z.string(),
  }),
});

/** FIN-104. The processor verified a card of the partner. */
export const paymentCardActivated = defineEvent({
  name: 'payment-card.activated',
  version: 1,
  detail: z.object({ partnerId: z.string(), cardId: z.string(), at: z.string() }),
});
