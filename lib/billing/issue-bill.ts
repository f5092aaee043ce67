import { billIssued, billNoPaymentDue } from '#events/billing.ts';
import { usageCompleteThrough } from '#lib/expenditures/index.ts';
import { type Bookings, bookings, creditedEvent, loadAccount, postingsAside } from '#lib/ledger/index.ts';
import { count } from '#lib/shared/log.ts';
import { exactText, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Bill, issueBill, type Terms } from './bill.ts';
import { postingOf } from './bill-posting.ts';
import { putBill } from './bill-store.ts';
import { assemble } from './breakdown/assemble.ts';
import type { Figures } from './breakdown/figures.ts';
import { totalOf } from './breakdown/header.ts';
import { CannotBill } from './cannot-bill.ts';
import { exchangeRateOf } from './exchange-rate-store.ts';
import { listParts } from './part-store.ts';
import { endWithBill } from './partner-run-store.ts';
import type { PartnerRun } from './run.ts';
import { moveTally } from './run-store.ts';
import { join, NO_LINES, settlementsOf, type Totals } from './totals.ts';

/** Totals run once, after all parts are in (FIN-166); bill, state, posting and event leave together or not at all (FIN-15, FIN-17). */
export async function issuePartnerBill(run: PartnerRun, terms: Terms, now: Instant): Promise<void> {
  const { cycle, partnerId, revision } = run;
  const [totals, exchangeRate, completeThrough] = await Promise.all([
    sumOfParts(run),
    exchangeRateOf(terms.paymentCurrency, cycle),
    usageCompleteThrough(),
  ]);
  if (exchangeRate === undefined) {
    throw new CannotBill('EXCHANGE_RATE_MISSING', `no rate into ${terms.paymentCurrency} is set for ${cycle}`);
  }
  const facts = { partnerId, cycle, revision, totals, terms, exchangeRate, usageCompleteThrough: completeThrough };
  const bill = issueBill(facts, now);
  const breakdown = await assemble({ billId: bill.billId, version: 'issued' });
  checkSums(run, totals, bill, totalOf(breakdown));
  const booked = await bookingOf(bill);
  await transact({
    aside: true,
    writes: [
      putBill(bill),
      ...booked.writes,
      endWithBill(run, bill),
      moveTally(run, { from: run.state, to: 'issued', exact: bill.billAmountExact, due: bill.amountDue }),
    ],
    events: [announcement(bill), ...booked.statements.map((entry) => creditedEvent(entry))],
  });
  count('BillsIssued');
}

/** Only what a negative bill gives back moves the partner's cash, and waits for others that do. */
async function bookingOf(bill: Bill): Promise<Bookings> {
  const { partnerId, issuedAt } = bill;
  if (bill.credit > 0n) return bookings(await loadAccount(partnerId), [postingOf(bill)], issuedAt);
  return { writes: postingsAside(partnerId, [postingOf(bill)], issuedAt), statements: [] };
}

async function sumOfParts(run: PartnerRun): Promise<Totals> {
  let totals = NO_LINES;
  for await (const part of listParts(run)) {
    if (part.state !== 'done') throw new Error(`part ${part.part} of ${run.partnerId} is not in`);
    totals = join(totals, part.totals);
  }
  return totals;
}

/**
 * Sum of lines = header (FIN-50), counted on three ways: by the parts, by the partner's run as each part came in, and by product and
 * customer (FIN-145).
 */
function checkSums(run: PartnerRun, totals: Totals, bill: Bill, breakdown: Figures): void {
  const complete = totals.count === run.frozen.count && totals.count === run.lineCount;
  const settled = breakdown.settlement === settlementsOf(totals) && breakdown.count === totals.count;
  const covered = totals.couponsUsed === (run.couponsCovered ?? ZERO);
  const due = totals.due === run.linesDue && totals.due === breakdown.due && totals.due === bill.billAmountExact;
  if (!complete || !settled || !covered || !due) {
    throw new Error(`the lines of ${bill.billId} do not add up to its header`);
  }
}

function announcement(bill: Bill): OutgoingEvent {
  const detail = {
    billId: bill.billId,
    partnerId: bill.partnerId,
    cycle: bill.cycle,
    currency: bill.currency,
    billAmountExact: exactText(bill.billAmountExact, 8),
    amountDue: exactText(bill.amountDue),
    paymentCurrency: bill.paymentCurrency,
    exchangeRate: exactText(bill.exchangeRate, 4),
    amountDuePayment: exactText(bill.amountDuePayment),
    issuedAt: bill.issuedAt,
    late: bill.late,
  };
  return bill.amountDuePayment > 0n
    ? event(billIssued, { ...detail, dueAt: bill.dueAt }, bill.issuedAt)
    : event(billNoPaymentDue, { ...detail, credit: exactText(bill.credit) }, bill.issuedAt);
}
