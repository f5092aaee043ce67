import { repaymentFailed } from '#events/repayments.ts';
import { openBills, paymentEnds, paymentText } from '#lib/billing/index.ts';
import { bookings, credit, debit, loadAccount, type Posting } from '#lib/ledger/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { payBills } from '../debts/pay-bills.ts';
import type { Repayment } from '../repayment.ts';
import { loadRepayment, replaceRepayment } from '../repayment-store.ts';
import { succeededEvent } from '../succeeded.ts';
import { goOnWithRound } from './continue-round.ts';
import { askAgainAt } from './pending.ts';
import type { ProcessorCharge } from './processor.ts';

type Named = Pick<Repayment, 'partnerId' | 'repaymentId'>;

/**
 * What the processor said of a charge, in whatever order and however often it says it: answer, notification and the sweep all end here.
 * A repayment leaves `pending` once; what comes after that changes nothing (FIN-75, FIN-77).
 */
export const settleCharge = (named: Named, said: ProcessorCharge, now: Instant): Promise<Repayment> =>
  redecide(async () => {
    const repayment = await loadRepayment(named);
    if (!repayment) throw new Error(`no repayment ${named.repaymentId}`);
    if (repayment.status !== 'pending') return repayment;
    if (said.status === 'succeeded') return succeed(repayment, said, now);
    if (said.status === 'declined') return fail(repayment, said.declineCode ?? 'declined', now);
    if (said.status === 'cancelled') return fail(repayment, 'not-charged', now);
    return wait(repayment, said, now);
  });

/** FIN-75: the top-up and, at the same time, what of it pays bills; FIN-76: the rest stays in the account. */
async function succeed(before: Repayment, said: ProcessorCharge, now: Instant): Promise<Repayment> {
  const { partnerId, repaymentId, currency, amount } = before;
  if (said.amount !== exactText(amount) || said.currency !== currency)
    throw new Error(`the processor charged ${said.currency} ${said.amount} for ${repaymentId}`);
  const [bills, account] = await Promise.all([openBills(partnerId), loadAccount(partnerId)]);
  const paid = payBills(before, bills, amount, now);
  const booked = bookings(account, [topUpOf(before), ...paid.postings], now);
  const after: Repayment = {
    ...before,
    status: 'succeeded',
    allocations: paid.allocations.map((part) => ({ billId: part.billId, amount: part.amount })),
    settledAt: now,
    transactionNos: booked.statements.map(({ transactionNo }) => transactionNo),
    charge: settled(before),
  };
  await transact({
    writes: [replaceRepayment(before, after), paymentEnds(after), ...paid.writes, ...booked.writes],
    events: [succeededEvent(after, now), ...paid.events, ...goOnWithRound(after, now)],
    trace: traceOf(after),
  });
  return after;
}

const topUpOf = ({ partnerId, repaymentId, currency, amount }: Repayment): Posting => ({
  postingId: `${repaymentId}:top-up`,
  partnerId,
  kind: 'account.credited',
  reference: repaymentId,
  legs: [debit('card-clearing', currency, amount), credit('cash', currency, amount)],
  statement: { type: 'Top-up', orderOrTransactionId: repaymentId },
});

/** FIN-77: a refused card changes nothing: no entry, no allocation. */
async function fail(before: Repayment, failure: string, now: Instant): Promise<Repayment> {
  const after: Repayment = { ...before, status: 'failed', failure, settledAt: now, charge: settled(before) };
  await transact({
    writes: [replaceRepayment(before, after), paymentEnds(after)],
    events: [failedEvent(after, failure, now), ...goOnWithRound(after, now)],
    trace: { ...traceOf(after), outcome: 'failed', code: failure },
  });
  return after;
}

/** The payer is asked by its bank, or the processor is still at it. */
async function wait(before: Repayment, said: ProcessorCharge, now: Instant): Promise<Repayment> {
  const redirectUrl = said.redirectUrl ?? before.charge?.redirectUrl;
  const after = { ...before, charge: { ...before.charge, redirectUrl, askAt: askAgainAt(before, now) } };
  await transact({ writes: [replaceRepayment(before, after)], aside: true });
  return after;
}

const settled = ({ charge }: Repayment) => charge && { ...charge, redirectUrl: undefined, askAt: undefined };

const traceOf = ({ partnerId, repaymentId, status, amount, currency }: Repayment) => ({
  operation: 'settle-card-charge',
  partnerId,
  after: { repaymentId, status, amount, currency },
});

const failedEvent = (repayment: Repayment, failure: string, at: Instant): OutgoingEvent => {
  const { repaymentId, partnerId, method, currency, amount } = repayment;
  const detail = { repaymentId, partnerId, method, currency, amount: paymentText(amount, currency), failure, at };
  return event(repaymentFailed, detail, at);
};
