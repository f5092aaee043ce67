import { certificateUploaded } from '#events/invoices.ts';
import { expectCertificate, moveDebt, paymentDecimals, paymentText } from '#lib/billing/index.ts';
import { putNewRepayment, type Repayment } from '#lib/repayments/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Money } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { attach } from '../attach.ts';
import { requireBillToInvoice } from '../draft-invoice.ts';
import { certificateErrors, invoiceErrors } from '../errors.ts';
import type { Invoice } from '../invoice.ts';
import { checkCertificate, type WithholdingCertificate } from './certificate.ts';
import { putNewCertificate } from './certificate-store.ts';

export interface CertificateWish {
  readonly amount: Money;
  readonly rate: Money;
  readonly attachmentId?: string;
}

/**
 * FIN-124, FIN-125: a certificate, its repayment and the part of the debt that waits for it, together or not at all.
 * @throws Refusal BILL_VOIDED, INVOICE_NOT_READY, CERTIFICATE_NOT_EXPECTED, CERTIFICATE_AMOUNT_INVALID, ATTACHMENT_REQUIRED, ATTACHMENT_INVALID
 */
export async function uploadCertificate(
  invoice: Invoice,
  { amount, rate, attachmentId }: CertificateWish,
  now: Instant,
): Promise<WithholdingCertificate> {
  const { partnerId, invoiceNo, currency, billId } = invoice;
  if (billId === undefined) throw new Refusal(certificateErrors.CERTIFICATE_NOT_EXPECTED);
  const bill = await requireBillToInvoice(billId);
  if (invoice.status !== 'Invoiced') throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
  const decimals = paymentDecimals(currency);
  checkCertificate(invoice, bill, amount, decimals);
  const certificateId = newId('wht', now);
  const file = await attach(partnerId, attachmentId, certificateId);
  const about = { certificateId, partnerId, invoiceNo, billId, currency };
  const certificate: WithholdingCertificate = {
    ...about,
    amount,
    rate,
    file,
    status: 'uploaded',
    createdAt: now,
    version: 1,
  };
  const detail = { ...about, amount: paymentText(amount, currency), uploadedAt: now };
  await redecide(async () => {
    const before = await requireBillToInvoice(billId);
    checkCertificate(invoice, before, amount, decimals);
    await transact({
      writes: [
        putNewCertificate(certificate),
        putNewRepayment(repaymentOf(certificate)),
        moveDebt(before, expectCertificate(before.debt, amount)),
      ],
      events: [event(certificateUploaded, detail, now)],
      trace: { partnerId, after: certificate },
    });
  });
  return certificate;
}

/** The certificate as a repayment that waits for its review. */
const repaymentOf = ({
  certificateId,
  partnerId,
  currency,
  amount,
  billId,
  createdAt,
}: WithholdingCertificate): Repayment => ({
  repaymentId: repaymentIdOf(certificateId),
  partnerId,
  method: 'withholding-certificate',
  currency,
  amount,
  allocations: [{ billId, amount }],
  status: 'pending',
  createdAt,
  version: 1,
});

export const repaymentIdOf = (certificateId: string): string => certificateId.replace(/^wht_/, 'rep_');
