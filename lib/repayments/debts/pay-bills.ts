import { billPaid } from '#events/billing.ts';
import {
  type Allocation,
  allocate,
  allocated,
  type IssuedBill,
  moveDebt,
  pay,
  paymentText,
} from '#lib/billing/index.ts';
import { credit, debit, type Posting } from '#lib/ledger/index.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Repayment } from '../repayment.ts';

/** What one repayment does to bills: to be committed together with the repayment and the bookings of `posting`. */
export interface BillsPaid {
  readonly allocations: readonly Allocation[];
  readonly writes: readonly Write[];
  /** Takes the allocated part from the account balance; none when nothing was allocated. */
  readonly postings: readonly Posting[];
  readonly events: readonly OutgoingEvent[];
}

/** One transaction takes so many bills; a partner that owes for more months pays the rest in the next one. */
const BILLS_AT_ONCE = 20;

/** FIN-76: an amount on open bills of its currency, oldest cycle first; the rest stays in the account. */
export function payBills(
  repayment: Pick<Repayment, 'repaymentId' | 'partnerId' | 'currency'>,
  bills: readonly IssuedBill[],
  amount: Money,
  now: Instant,
): BillsPaid {
  const { repaymentId, partnerId, currency } = repayment;
  const open = bills.filter(({ paymentCurrency }) => paymentCurrency === currency);
  const allocations = allocate(open, amount).slice(0, BILLS_AT_ONCE);
  const paid = allocations.flatMap((allocation) => {
    const bill = open.find(({ billId }) => billId === allocation.billId);
    return bill ? [{ bill, debt: pay(bill.debt, allocation.amount, now) }] : [];
  });
  const total = allocated(allocations);
  const posting: Posting = {
    postingId: `${repaymentId}:allocated`,
    partnerId,
    kind: 'repayment.succeeded',
    reference: repaymentId,
    legs: [debit('cash', currency, total), credit('receivable', currency, total)],
    remarks: allocations.map(({ cycle }) => cycle).join(', '),
    statement: { type: 'Expenditure (repayment)', orderOrTransactionId: repaymentId },
  };
  return {
    allocations,
    writes: paid.map(({ bill, debt }) => moveDebt(bill, debt)),
    postings: total > 0n ? [posting] : [],
    events: paid.flatMap(({ bill, debt }) => (debt.outstanding === ZERO ? [paidEvent({ ...bill, debt }, now)] : [])),
  };
}

const paidEvent = ({ billId, partnerId, cycle, paymentCurrency, debt }: IssuedBill, now: Instant): OutgoingEvent =>
  event(
    billPaid,
    {
      billId,
      partnerId,
      cycle,
      paymentCurrency,
      paidAmount: paymentText(debt.paidAmount, paymentCurrency),
      paidAt: now,
    },
    now,
  );
