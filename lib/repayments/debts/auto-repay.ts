import { billIssued } from '#events/billing.ts';
import { accountCredited } from '#events/ledger.ts';
import { billBalanceApplied } from '#events/repayments.ts';
import { allocated, loadBill, openBills, parseBillId, payableInMoney, paymentText } from '#lib/billing/index.ts';
import { bookings, cashOf, loadAccount } from '#lib/ledger/index.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { ZERO } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Repayment } from '../repayment.ts';
import { putNewRepayment } from '../repayment-store.ts';
import { succeededEvent } from '../succeeded.ts';
import { payBills } from './pay-bills.ts';

/** FIN-85, FIN-87: after every issue of a bill and every income the balance pays what is open. */
export async function autoRepay({ name, detail }: ReceivedEvent, now: Instant): Promise<void> {
  if (name === accountCredited.name) {
    const { partnerId, currency } = accountCredited.detail.parse(detail);
    return applyBalance(partnerId, currency, now);
  }
  const { partnerId, paymentCurrency, billId } = billIssued.detail.parse(detail);
  await applyBalance(partnerId, paymentCurrency, now);
  await announceRest(billId, now);
}

/**
 * Pays the partner's bills of a currency from its balance, oldest cycle first, until one of them is used up (FIN-76, FIN-86). What is
 * there and what is owed decide, not what was heard: a second message finds nothing left to do.
 */
export async function applyBalance(partnerId: string, currency: string, now: Instant): Promise<void> {
  while (await redecide(() => payFromBalance(partnerId, currency, now)));
}

/** One transaction of it. @returns whether anything was paid */
async function payFromBalance(partnerId: string, currency: string, now: Instant): Promise<boolean> {
  const [bills, account] = await Promise.all([openBills(partnerId), loadAccount(partnerId)]);
  // The state of the account names the repayment: of two that decide on the same state one is stored.
  const repaymentId = derivedId('rep', partnerId, currency, String(account.entries));
  const paid = payBills({ repaymentId, partnerId, currency }, bills, cashOf(account, currency), now);
  if (paid.allocations.length === 0) return false;
  const booked = bookings(account, paid.postings, now);
  const repayment: Repayment = {
    repaymentId,
    partnerId,
    method: 'balance',
    currency,
    amount: allocated(paid.allocations),
    allocations: paid.allocations.map(({ billId, amount }) => ({ billId, amount })),
    status: 'succeeded',
    createdAt: now,
    settledAt: now,
    transactionNos: booked.statements.map(({ transactionNo }) => transactionNo),
    version: 1,
  };
  await transact({
    aside: true,
    writes: [putNewRepayment(repayment), ...paid.writes, ...booked.writes],
    events: [succeededEvent(repayment, now), ...paid.events],
  });
  return true;
}

/** FIN-88: cards are charged after the balance, with what it left; told once per bill, however often it is worked off. */
async function announceRest(billId: string, now: Instant): Promise<void> {
  const named = parseBillId(billId);
  const bill = named && (await loadBill(named.partnerId, named.cycle));
  if (!bill || bill.billId !== billId) return; // voided in the meantime
  const { partnerId, paymentCurrency: currency, debt } = bill;
  const outstanding = debt.status === 'voided' ? ZERO : payableInMoney(bill);
  const detail = { billId, partnerId, currency, outstanding: paymentText(outstanding, currency), appliedAt: now };
  const id = derivedId('evt', billBalanceApplied.name, billId);
  await transact({ aside: true, writes: [], events: [event(billBalanceApplied, detail, now, id)] });
}
