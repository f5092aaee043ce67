import { BILL_CURRENCY, type IssuedBill, paymentText } from '#lib/billing/index.ts';
import { exactText } from '#lib/shared/money.ts';

/** FIN-18. */
export const announcedBill = ({ billId, cycle, amountDue, issuedAt, dueAt, late }: IssuedBill) => ({
  billId,
  cycle,
  currency: BILL_CURRENCY,
  amountDue: exactText(amountDue),
  issuedAt,
  dueAt,
  late,
});

/** What the mail of a bill says when its invoice is not there yet. */
export const billMailOf = (bill: IssuedBill) => ({
  currency: bill.paymentCurrency,
  amount: paymentText(bill.amountDuePayment, bill.paymentCurrency),
  bill: announcedBill(bill),
});
