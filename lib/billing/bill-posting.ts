import { credit, debit, type Leg, type Posting } from '#lib/ledger/index.ts';
import { negate } from '#lib/shared/money.ts';
import type { Bill } from './bill.ts';
import { settlementsOf } from './totals.ts';

export const issuePostingId = (billId: string): string => `${billId}:issued`;

/** The issue the other way round. */
export function voidingOf(bill: Bill): Posting {
  const { legs, ...issue } = postingOf(bill);
  const reversed = legs.map((leg) => ({ ...leg, amount: negate(leg.amount) }));
  return { ...issue, postingId: `${bill.billId}:voided`, kind: 'bill.voided', legs: reversed };
}

/**
 * What a bill is in the ledger: revenue and tax in its own currency, less the coupons that its lines took; the debt, or what a negative
 * bill gives back (FIN-45), in the payment currency. Both meet in `conversion`, where rounding and exchange stay.
 */
export function postingOf(bill: Bill): Posting {
  const { billId, partnerId, currency, paymentCurrency, amountDuePayment, credit: returned } = bill;
  const settlement = settlementsOf({
    expenditure: bill.expenditures,
    refund: bill.refunds,
    adjustment: bill.adjustments,
  });
  const taxes = Object.entries(bill.taxByComponent).map(([code, amount]) => credit(`tax:${code}`, currency, amount));
  const legs: Leg[] = [
    credit('revenue', currency, settlement),
    ...taxes,
    debit('coupons-applied', currency, bill.couponsUsed),
    debit('conversion', currency, bill.billAmountExact),
    debit('receivable', paymentCurrency, amountDuePayment),
    credit('conversion', paymentCurrency, amountDuePayment),
    credit('cash', paymentCurrency, returned),
    debit('conversion', paymentCurrency, returned),
  ];
  return {
    postingId: issuePostingId(billId),
    partnerId,
    kind: 'bill.issued',
    reference: billId,
    legs,
    ...(returned > 0n ? { statement: { type: 'Refund', orderOrTransactionId: billId } } : {}),
  };
}
