import * as z from 'zod';
import { exactText, fixedText, type Money, roundHalfUp, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { BILL_CURRENCY, inPaymentCurrency, paymentDecimals } from './bill.ts';
import { billIdOf } from './bill-id.ts';
import { issueDayOf } from './cycle.ts';
import { DEBT_STATUSES, type IssuedBill, isOverdue } from './debt.ts';
import { NO_ESTIMATE } from './estimate.ts';
import { textsOf } from './line-view.ts';
import type { BillReading, Unissued } from './read-bill.ts';
import { taxComponentView, toTaxComponentViews } from './tax-rule-view.ts';
import { settlementsOf } from './totals.ts';

const exact = z.string().meta({ description: '8 decimals' });
const rounded = z.string().meta({ description: '2 decimals' });

const head = {
  billId: z.string(),
  partnerId: z.string(),
  cycle: z.string(),
  currency: z.string(),
  expenditures: exact,
  refunds: exact,
  adjustments: exact,
  paymentCurrency: z.string(),
  usageCompleteThrough: z
    .string()
    .nullable()
    .meta({ description: 'Up to when the usage feed had delivered everything' }),
};

/** FIN-50. */
export const issuedBillView = z.object({
  kind: z.literal('bill'),
  ...head,
  status: z.enum(DEBT_STATUSES),
  overdue: z.boolean(),
  couponsUsed: exact,
  couponsUsedCash: exact,
  couponsUsedTest: exact,
  taxExclusiveDue: exact,
  tax: exact,
  taxByComponent: z.record(z.string(), exact),
  taxRule: z.object({ taxRuleId: z.string(), components: z.array(taxComponentView) }),
  billAmountExact: exact,
  amountDue: rounded,
  exchangeRate: z.string(),
  amountDuePayment: z.string(),
  paidAmount: z.string().meta({ description: 'This and the next three in the payment currency' }),
  writtenOffAmount: z.string(),
  whtAmount: z.string().meta({ description: 'Cleared by withholding certificates' }),
  outstanding: z.string(),
  paidAt: z.string().nullable(),
  invoiceNos: z.array(z.string()),
  credit: z.string().meta({ description: 'What a negative bill gives back, in the payment currency' }),
  lineCount: z.number().int(),
  issuedAt: z.string(),
  dueAt: z.string(),
  late: z.boolean().meta({ description: 'Issued after noon on the 5th' }),
});

/** FIN-66: without tax and coupons. */
const estimateView = z.object({
  kind: z.literal('estimate'),
  ...head,
  status: z.enum(['estimated', 'generating', 'no-payment-due']),
  billEstimate: rounded,
  exchangeRate: z.string().nullable().meta({ description: 'The latest known rate' }),
  billEstimatePayment: z.string().nullable(),
  issueDate: z.string(),
  notice: z.string(),
  asOf: z.string().nullable().meta({ description: 'The refresh that the figures come from; null before the first' }),
});

export const billView = z.discriminatedUnion('kind', [issuedBillView, estimateView]);

export const toBillView = (reading: BillReading, now: Instant): z.input<typeof billView> =>
  'bill' in reading ? toIssuedBillView(reading.bill, now) : toEstimateView(reading.unissued);

export const toIssuedBillView = (bill: IssuedBill, now: Instant): z.input<typeof issuedBillView> => ({
  kind: 'bill',
  billId: bill.billId,
  partnerId: bill.partnerId,
  cycle: bill.cycle,
  status: bill.debt.status,
  overdue: isOverdue(bill, now),
  currency: bill.currency,
  expenditures: fixedText(bill.expenditures, 8),
  refunds: fixedText(bill.refunds, 8),
  adjustments: fixedText(bill.adjustments, 8),
  couponsUsed: fixedText(bill.couponsUsed, 8),
  couponsUsedCash: fixedText(bill.couponsUsedCash, 8),
  couponsUsedTest: fixedText(bill.couponsUsedTest, 8),
  taxExclusiveDue: fixedText(bill.taxExclusiveDue, 8),
  tax: fixedText(bill.tax, 8),
  taxByComponent: textsOf(bill.taxByComponent),
  taxRule: { taxRuleId: bill.terms.taxRuleId, components: toTaxComponentViews(bill.terms.taxComponents) },
  billAmountExact: fixedText(bill.billAmountExact, 8),
  amountDue: fixedText(bill.amountDue, 2),
  paymentCurrency: bill.paymentCurrency,
  exchangeRate: exactText(bill.exchangeRate, 4),
  amountDuePayment: paymentText(bill.amountDuePayment, bill.paymentCurrency),
  paidAmount: paymentText(bill.debt.paidAmount, bill.paymentCurrency),
  writtenOffAmount: paymentText(bill.debt.writtenOffAmount, bill.paymentCurrency),
  whtAmount: paymentText(bill.debt.whtAmount, bill.paymentCurrency),
  outstanding: paymentText(bill.debt.outstanding, bill.paymentCurrency),
  paidAt: bill.debt.paidAt ?? null,
  invoiceNos: [...bill.debt.invoiceNos],
  credit: paymentText(bill.credit, bill.paymentCurrency),
  lineCount: bill.lineCount,
  issuedAt: bill.issuedAt,
  dueAt: bill.dueAt,
  late: bill.late,
  usageCompleteThrough: bill.usageCompleteThrough ?? null,
});

function toEstimateView({ estimate, ...unissued }: Unissued): z.input<typeof estimateView> {
  const { partnerId, cycle, exchangeRate, paymentCurrency } = unissued;
  const sums = estimate?.sums ?? NO_ESTIMATE;
  const total = settlementsOf(sums);
  const issueDate = issueDayOf(cycle);
  return {
    kind: 'estimate',
    billId: billIdOf(partnerId, cycle, unissued.revision),
    partnerId,
    cycle,
    status: unissued.status,
    currency: BILL_CURRENCY,
    expenditures: fixedText(sums.expenditure, 8),
    refunds: fixedText(sums.refund, 8),
    adjustments: fixedText(sums.adjustment, 8),
    billEstimate: fixedText(total, 2),
    paymentCurrency,
    exchangeRate: exchangeRate === undefined ? null : exactText(exchangeRate, 4),
    billEstimatePayment: exchangeRate === undefined ? null : estimateInPayment(total, exchangeRate, paymentCurrency),
    issueDate,
    notice: `Estimate without tax and coupons. The bill of ${cycle} is issued on ${issueDate}.`,
    asOf: estimate?.asOf ?? null,
    usageCompleteThrough: unissued.usageCompleteThrough ?? null,
  };
}

function estimateInPayment(total: Money, rate: Money, currency: string): string {
  const payment = roundHalfUp(total, 2) === ZERO ? ZERO : inPaymentCurrency(total, rate, currency);
  return paymentText(payment, currency);
}

/** An amount in a payment currency, with the decimals that it has. */
export const paymentText = (amount: Money, currency: string): string => exactText(amount, paymentDecimals(currency));
