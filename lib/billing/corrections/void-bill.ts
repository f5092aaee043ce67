import { billVoided } from '#events/billing.ts';
import { type UsedByBill, undoUse, usedByBill } from '#lib/coupons/index.ts';
import { type Bookings, bookings, ledgerErrors, loadAccount, type Posting, postingsAside } from '#lib/ledger/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { count } from '#lib/shared/log.ts';
import { exactText, negate } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { BillName } from '../bill-id.ts';
import { voidingOf } from '../bill-posting.ts';
import { letGoOfOriginals, loadBill, voidWrites } from '../bill-store.ts';
import { type IssuedBill, isUntouched, payableInMoney, voidDebt } from '../debt.ts';
import { billingErrors, correctionErrors } from '../errors.ts';
import { sendPartners } from '../messages.ts';
import { loadPartnerRun, voidBill as moveRun } from '../partner-run-store.ts';
import { loadPaymentsUnderWay, noPaymentUnderWay } from '../payments-under-way.ts';
import type { PartnerRun } from '../run.ts';
import { moveTally } from '../run-store.ts';
import { voidedRefusal } from '../valid-bill.ts';

export interface Voiding {
  /** As it is once it is voided. */
  readonly bill: IssuedBill;
  readonly reversal: Posting;
  /** What the bill took from each coupon, and what that gets back. */
  readonly coupons: readonly UsedByBill[];
}

/**
 * Withdraws a bill of which nothing was paid (FIN-14: the document stays as it is, beside the place of the valid one). A payment in the
 * same moment either comes first, and this is refused, or finds the bill gone. Coupons get back what it took in steps of their own.
 * @throws Refusal BILL_NOT_ISSUED, BILL_VOIDED, BILL_ALREADY_PAID, BILL_REFUNDED, BILL_PAYMENT_UNDER_WAY, BILL_CREDIT_SPENT, COUPONS_SPENT
 */
export async function voidBill(
  name: BillName,
  { reason, dryRun }: { readonly reason: string; readonly dryRun: boolean },
  now: Instant,
): Promise<Voiding> {
  const voided = await redecide(async () => {
    const { bill, run } = await requireVoidable(name);
    const coupons = bill.terms.couponsAsOf === undefined ? [] : await usedByBill(bill);
    if (coupons.some(({ coupon, used }) => undoUse(coupon, used).restored > used)) {
      throw new Refusal(correctionErrors.COUPONS_SPENT);
    }
    const reversal = voidingOf(bill);
    const booked = await bookingOf(bill, reversal, now);
    const debt = voidDebt(bill.debt, now);
    const state = coupons.length > 0 ? 'voiding' : 'voided';
    if (!dryRun) await commit({ bill, run, state, name, reason, booked, debt }, now);
    return { bill: { ...bill, debt }, reversal, coupons };
  });
  if (!dryRun) await sendPartners([name]);
  return voided;
}

async function requireVoidable(name: BillName): Promise<{ bill: IssuedBill; run: PartnerRun }> {
  const { partnerId, cycle, revision } = name;
  const [bill, run] = await Promise.all([loadBill(partnerId, cycle, revision), loadPartnerRun(cycle, partnerId)]);
  if (!bill || !run) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  if (bill.debt.status === 'voided') {
    await sendPartners([name]); // its message may never have been sent
    throw await voidedRefusal(name);
  }
  if (!isUntouched(bill.debt)) throw new Refusal(correctionErrors.BILL_ALREADY_PAID);
  if (bill.refundedOn) throw new Refusal(correctionErrors.BILL_REFUNDED, { billIds: bill.refundedOn });
  const repaymentIds = takesMoney(bill) ? await loadPaymentsUnderWay(payerOf(bill)) : [];
  if (repaymentIds.length > 0) throw new Refusal(correctionErrors.BILL_PAYMENT_UNDER_WAY, { repaymentIds });
  return { bill, run };
}

/** A payment in its currency would pay it (FIN-76). */
const takesMoney = (bill: IssuedBill): boolean => payableInMoney(bill) > 0n;
const payerOf = ({ partnerId, paymentCurrency: currency }: IssuedBill) => ({ partnerId, currency });

/** What a negative bill gave back must still be there (FIN-45). */
async function bookingOf(bill: IssuedBill, reversal: Posting, now: Instant): Promise<Bookings> {
  const { partnerId } = bill;
  if (bill.credit === 0n) return { writes: postingsAside(partnerId, [reversal], now), statements: [] };
  try {
    return bookings(await loadAccount(partnerId), [reversal], now);
  } catch (error) {
    const spent = error instanceof Refusal && error.definition === ledgerErrors.BALANCE_TOO_SMALL;
    throw spent ? new Refusal(correctionErrors.BILL_CREDIT_SPENT) : error;
  }
}

interface Decided {
  readonly bill: IssuedBill;
  readonly run: PartnerRun;
  readonly state: 'voiding' | 'voided';
  readonly name: BillName;
  readonly reason: string;
  readonly booked: Bookings;
  readonly debt: IssuedBill['debt'];
}

async function commit({ bill, run, state, name, reason, booked, debt }: Decided, now: Instant): Promise<void> {
  const { billId, partnerId, cycle, billAmountExact: exact, amountDue: due } = bill;
  const detail = {
    billId,
    partnerId,
    cycle,
    paymentCurrency: bill.paymentCurrency,
    amountDuePayment: exactText(bill.amountDuePayment),
    invoiceNos: [...debt.invoiceNos],
    voidedAt: now,
  };
  const released = state === 'voided' ? await letGoOfOriginals(partnerId, billId) : []; // else when coupons are restored
  await transact({
    writes: [
      ...released,
      ...voidWrites(bill, debt, name),
      ...(takesMoney(bill) ? [noPaymentUnderWay(payerOf(bill))] : []),
      moveRun(run, state),
      moveTally(run, { from: run.state, to: state, exact: negate(exact), due: negate(due) }),
      ...booked.writes,
    ],
    events: [event(billVoided, detail, now)],
    trace: { partnerId, before: { billId, status: bill.debt.status }, after: { status: debt.status, reason } },
  });
  count('BillsVoided');
}
