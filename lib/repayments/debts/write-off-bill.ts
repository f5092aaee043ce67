import { billWrittenOff } from '#events/repayments.ts';
import {
  type IssuedBill,
  moveDebt,
  type NamedBill,
  payable,
  paymentDecimals,
  paymentText,
  requireValidBill,
  writeOff,
} from '#lib/billing/index.ts';
import { credit, debit, type Posting, postingsAside } from '#lib/ledger/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type Money, roundHalfUp } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { debtErrors } from '../errors.ts';

export interface WriteOffWish {
  readonly amount: Money;
  readonly reason: string;
  /** Show what would become of the bill, and change nothing. */
  readonly dryRun: boolean;
}

/**
 * FIN-70: gives up a part of a debt, or all of it. The bill's amount due stays, and neither statement nor account balance moves.
 * @throws Refusal BILL_NOT_ISSUED, BILL_VOIDED, AMOUNT_EXCEEDS_OUTSTANDING, INPUT_INVALID
 */
export const writeOffBill = (
  named: NamedBill,
  { amount, reason, dryRun }: WriteOffWish,
  now: Instant,
): Promise<IssuedBill> =>
  redecide(async () => {
    const before = await requireValidBill(named);
    const { partnerId } = before;
    refuseAmount(before, amount);
    const after: IssuedBill = { ...before, debt: writeOff(before.debt, amount) };
    if (dryRun) return after;
    await transact({
      writes: [moveDebt(before, after.debt), ...postingsAside(partnerId, [postingOf(before, amount)], now)],
      events: [writtenOffEvent(after, amount, now)],
      trace: {
        partnerId,
        before: { billId: before.billId, status: before.debt.status, outstanding: before.debt.outstanding },
        after: { status: after.debt.status, outstanding: after.debt.outstanding, amount, reason },
      },
    });
    return after;
  });

function refuseAmount({ debt, paymentCurrency }: IssuedBill, amount: Money): void {
  const decimals = paymentDecimals(paymentCurrency);
  if (amount <= 0n || amount !== roundHalfUp(amount, decimals)) {
    const detail = `must be above 0 with at most ${decimals} decimals`;
    throw new Refusal(sharedErrors.INPUT_INVALID, {}, [{ pointer: '/amount', detail }]);
  }
  if (amount > payable(debt)) throw new Refusal(debtErrors.AMOUNT_EXCEEDS_OUTSTANDING);
}

/** The version of the debt that it was decided on makes the cause unique. */
const postingOf = ({ billId, partnerId, paymentCurrency, debt }: IssuedBill, amount: Money): Posting => ({
  postingId: `${billId}:written-off:${debt.version}`,
  partnerId,
  kind: 'bill.written-off',
  reference: billId,
  legs: [debit('write-offs', paymentCurrency, amount), credit('receivable', paymentCurrency, amount)],
});

function writtenOffEvent(
  { billId, partnerId, paymentCurrency: currency, debt }: IssuedBill,
  amount: Money,
  now: Instant,
) {
  const detail = {
    billId,
    partnerId,
    currency,
    amount: paymentText(amount, currency),
    outstanding: paymentText(debt.outstanding, currency),
    writtenOffAt: now,
  };
  return event(billWrittenOff, detail, now);
}
