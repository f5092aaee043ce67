import { type IssuedBill, payable } from '#lib/billing/index.ts';
import type { Attachment } from '#lib/shared/attachments.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, roundHalfUp, smallest, subtract, sum } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { certificateErrors } from '../errors.ts';
import { type Invoice, isWithholding } from '../invoice.ts';

export const CERTIFICATE_STATUSES = ['uploaded', 'accepted', 'rejected'] as const;

/** Proof of tax that a partner withheld from an invoice and paid to its authority (FIN-119, FIN-124). */
export interface WithholdingCertificate {
  readonly certificateId: string;
  readonly partnerId: string;
  readonly invoiceNo: string;
  readonly billId: string;
  readonly currency: string;
  readonly amount: Money;
  /** As the certificate says: rates vary by territory, product and treaty (FIN-120). */
  readonly rate: Money;
  readonly file: Attachment;
  readonly status: (typeof CERTIFICATE_STATUSES)[number];
  readonly createdAt: Instant;
  readonly reviewedAt?: Instant;
  readonly reason?: string;
  readonly version: number;
}

/** FIN-125: what a certificate may still stand for: the withheld part that no other covers, of what is owed at all. */
function coverable({ withheld }: Pick<Invoice, 'withheld'>, { debt }: Pick<IssuedBill, 'debt'>): Money {
  return smallest(subtract(withheld, sum([debt.whtPending, debt.whtAmount])), payable(debt));
}

/** @throws Refusal CERTIFICATE_NOT_EXPECTED, CERTIFICATE_AMOUNT_INVALID */
export function checkCertificate(invoice: Invoice, bill: IssuedBill, amount: Money, decimals: number): void {
  if (!isWithholding(invoice)) throw new Refusal(certificateErrors.CERTIFICATE_NOT_EXPECTED); // FIN-124
  const whole = roundHalfUp(amount, decimals) === amount;
  if (amount <= 0n || !whole || amount > coverable(invoice, bill)) {
    throw new Refusal(certificateErrors.CERTIFICATE_AMOUNT_INVALID);
  }
}

export interface Review {
  readonly accepted: boolean;
  readonly reason: string;
}

export function review(
  before: WithholdingCertificate,
  { accepted, reason }: Review,
  now: Instant,
): WithholdingCertificate {
  if (before.status !== 'uploaded') throw new Refusal(certificateErrors.CERTIFICATE_CLOSED);
  return { ...before, status: accepted ? 'accepted' : 'rejected', reason, reviewedAt: now };
}
