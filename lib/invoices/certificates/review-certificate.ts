import { billPaid } from '#events/billing.ts';
import { certificateReviewed } from '#events/invoices.ts';
import {
  clearByCertificate,
  type Debt,
  dropCertificate,
  type IssuedBill,
  moveDebt,
  paymentText,
} from '#lib/billing/index.ts';
import { credit, debit, type Posting, postingsAside } from '#lib/ledger/index.ts';
import { loadRepayment, type Repayment, replaceRepayment, succeededEvent } from '#lib/repayments/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { requireBill } from '../draft-invoice.ts';
import { certificateErrors } from '../errors.ts';
import { type Review, review, type WithholdingCertificate } from './certificate.ts';
import { loadCertificate, replaceCertificate } from './certificate-store.ts';
import { repaymentIdOf } from './upload-certificate.ts';

/**
 * FIN-125: accepted, a certificate clears its part of the bill; rejected, it opens the part again.
 * @throws Refusal CERTIFICATE_NOT_FOUND, CERTIFICATE_CLOSED
 */
export async function reviewCertificate(
  certificateId: string,
  said: Review,
  now: Instant,
): Promise<WithholdingCertificate> {
  return redecide(async () => {
    const before = await loadCertificate(certificateId);
    if (!before) throw new Refusal(certificateErrors.CERTIFICATE_NOT_FOUND);
    const after = review(before, said, now);
    const [bill, pending] = await Promise.all([
      requireBill(before.billId),
      loadRepayment({ partnerId: before.partnerId, repaymentId: repaymentIdOf(certificateId) }),
    ]);
    if (!pending) throw new Error(`no repayment of ${certificateId}`);
    const repayment = settled(pending, said.accepted, now);
    const debt = said.accepted
      ? clearByCertificate(bill.debt, before.amount, now)
      : dropCertificate(bill.debt, before.amount);
    await transact({
      writes: [
        replaceCertificate(before, after),
        replaceRepayment(pending, repayment),
        moveDebt(bill, debt),
        ...(said.accepted ? postingsAside(before.partnerId, [postingOf(after)], now) : []),
      ],
      events: [
        event(certificateReviewed, detailOf(after, now), now),
        ...(said.accepted ? [succeededEvent(repayment, now), ...paidEvents(bill, debt, now)] : []),
      ],
      trace: { partnerId: before.partnerId, before, after },
    });
    return after;
  });
}

const settled = (pending: Repayment, accepted: boolean, now: Instant): Repayment =>
  accepted
    ? { ...pending, status: 'succeeded', settledAt: now }
    : { ...pending, status: 'failed', settledAt: now, failure: 'CERTIFICATE_REJECTED' };

/** The tax authority's debt instead of the partner's; the account balance has no part in it. */
const postingOf = ({ certificateId, partnerId, billId, currency, amount }: WithholdingCertificate): Posting => ({
  postingId: `${certificateId}:accepted`,
  partnerId,
  kind: 'withholding-certificate.accepted',
  reference: billId,
  legs: [debit('withholding', currency, amount), credit('receivable', currency, amount)],
});

function paidEvents(
  { billId, partnerId, cycle, paymentCurrency }: IssuedBill,
  debt: Debt,
  now: Instant,
): OutgoingEvent[] {
  if (debt.outstanding !== ZERO) return [];
  const paidAmount = paymentText(debt.paidAmount, paymentCurrency);
  return [event(billPaid, { billId, partnerId, cycle, paymentCurrency, paidAmount, paidAt: now }, now)];
}

function detailOf(certificate: WithholdingCertificate, now: Instant) {
  const { certificateId, partnerId, invoiceNo, billId, currency, amount, status, reason = '' } = certificate;
  const about = { certificateId, partnerId, invoiceNo, billId, currency, amount: paymentText(amount, currency) };
  return { ...about, accepted: status === 'accepted', reason, reviewedAt: now };
}
