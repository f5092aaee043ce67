import * as z from 'zod';
import { paymentText } from '#lib/billing/index.ts';
import { REPAYMENT_METHODS, REPAYMENT_STATUSES, type Repayment } from './repayment.ts';

export const repaymentView = z.object({
  repaymentId: z.string(),
  method: z.enum(REPAYMENT_METHODS),
  currency: z.string(),
  amount: z.string(),
  allocations: z
    .array(z.object({ billId: z.string(), amount: z.string() }))
    .meta({ description: 'Bills that it paid, oldest cycle first; what is over stays in the account' }),
  status: z.enum(REPAYMENT_STATUSES),
  createdAt: z.string(),
  settledAt: z.string().nullable(),
  failure: z.string().nullable(),
  transactionNos: z.array(z.string()).meta({ description: 'Rows of the statement' }),
  card: z.object({ last4: z.string().nullable(), redirectUrl: z.string().nullable() }).nullable(),
});

export const toRepaymentView = (repayment: Repayment): z.input<typeof repaymentView> => {
  const { currency, charge } = repayment;
  return {
    repaymentId: repayment.repaymentId,
    method: repayment.method,
    currency,
    amount: paymentText(repayment.amount, currency),
    allocations: repayment.allocations.map(({ billId, amount }) => ({ billId, amount: paymentText(amount, currency) })),
    status: repayment.status,
    createdAt: repayment.createdAt,
    settledAt: repayment.settledAt ?? null,
    failure: repayment.failure ?? null,
    transactionNos: [...(repayment.transactionNos ?? [])],
    card: charge ? { last4: charge.last4 ?? null, redirectUrl: charge.redirectUrl ?? null } : null,
  };
};
