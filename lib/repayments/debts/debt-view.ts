import * as z from 'zod';
import { DEBT_STATUSES, type IssuedBill, isOverdue, paymentText } from '#lib/billing/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { AmountDueReading } from './read-amount-due.ts';

/** FIN-143. */
export const amountDueView = z.object({
  latestCycle: z.string().nullable().meta({ description: 'Cycle of the newest issued bill' }),
  amounts: z
    .array(
      z.object({
        currency: z.string(),
        total: z.string(),
        latestCycle: z.string().meta({ description: 'Unpaid of the newest issued bill' }),
        previousCycles: z.string(),
        overdue: z.string(),
        balance: z.string().meta({ description: 'What the account holds in this currency' }),
      }),
    )
    .meta({ description: 'The currency of the newest bill leads; others only while something is due in them' }),
});

export const toAmountDueView = ({ latestCycle, amounts }: AmountDueReading): z.input<typeof amountDueView> => ({
  latestCycle: latestCycle ?? null,
  amounts: amounts.map(({ currency, ...amount }) => ({
    currency,
    total: paymentText(amount.total, currency),
    latestCycle: paymentText(amount.latestCycle, currency),
    previousCycles: paymentText(amount.previousCycles, currency),
    overdue: paymentText(amount.overdue, currency),
    balance: paymentText(amount.balance, currency),
  })),
});

export const unpaidBillView = z.object({
  billId: z.string(),
  cycle: z.string(),
  status: z.enum(DEBT_STATUSES),
  currency: z.string().meta({ description: 'Payment currency; all amounts are in it' }),
  amountDue: z.string(),
  paid: z.string(),
  outstanding: z.string(),
  underReview: z.string().meta({ description: 'Of what is outstanding: withholding certificates under review' }),
  dueAt: z.string(),
  overdue: z.boolean(),
  invoiceNos: z.array(z.string()),
});

export function toUnpaidBillView(bill: IssuedBill, now: Instant): z.input<typeof unpaidBillView> {
  const { billId, cycle, paymentCurrency: currency, dueAt, debt } = bill;
  return {
    billId,
    cycle,
    status: debt.status,
    currency,
    amountDue: paymentText(bill.amountDuePayment, currency),
    paid: paymentText(debt.paidAmount, currency),
    outstanding: paymentText(debt.outstanding, currency),
    underReview: paymentText(debt.whtPending, currency),
    dueAt,
    overdue: isOverdue(bill, now),
    invoiceNos: [...debt.invoiceNos],
  };
}
