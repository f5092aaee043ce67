import type * as z from 'zod';
import type { invoiceCreated, invoiceDelayed } from '#events/invoices.ts';
import type { Partner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Notice } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { billValues } from './bill.ts';
import { amountText, billAddresses, type Voice, voiceOf } from './voice.ts';

type BillMail = z.output<typeof invoiceDelayed.detail>['billMail'];
type Announcing = Pick<z.output<typeof invoiceCreated.detail>, 'bill' | 'invoiceNo' | 'amount' | 'currency'>;

/** FIN-18: told of at its time; the invoice follows. */
export function billWithoutInvoice(mail: BillMail, partner: Partner, now: Instant): Notice {
  const voice = voiceOf(partner);
  return {
    template: 'bill-issued',
    language: voice.language,
    values: announcement({ ...mail, invoiceNo: '' }, partner, voice),
    destinations: billAddresses(partner),
    sendAfter: nextOpening(now, voice.zone),
  };
}

/** What the mail of a bill says. */
export function announcement(invoice: Announcing, partner: Partner, voice: Voice) {
  const { bill, invoiceNo, amount, currency } = invoice;
  if (!bill) throw new TypeError('only invoices of bills announce one');
  return {
    ...billValues(bill, partner, voice),
    invoiceNo,
    amountDuePayment: currency === bill.currency ? '' : `${amountText(amount)} ${currency}`,
    dueAt: voice.time(bill.dueAt),
  };
}
