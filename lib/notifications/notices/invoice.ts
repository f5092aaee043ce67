import type * as z from 'zod';
import {
  certificateReviewed,
  certificateUploaded,
  creditNoteCreated,
  invoiceCreated,
  invoiceDelayed,
  invoiceFailed,
  ticketDecided,
  ticketSubmitted,
} from '#events/invoices.ts';
import type { Partner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { OPERATORS_INBOX } from '../inbox.ts';
import type { Notice } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { announcement, billWithoutInvoice } from './bill-mail.ts';
import { composer } from './composer.ts';
import { billAddresses, contactMail, OPERATORS_VOICE, requirePartner, type Voice, voiceOf } from './voice.ts';

type Created = z.output<typeof invoiceCreated.detail>;

/**
 * FIN-18: a bill is told of with the number of its invoice. FIN-115: who wants invoices by mail gets the document with it, when it is
 * created; the others within the partner's working hours.
 */
export const invoiceCreatedNotice = composer(invoiceCreated, async (invoice, { now }) => {
  const partner = await requirePartner(invoice.partnerId);
  const voice = voiceOf(partner);
  const mailTo = invoice.mail ? await addressOf(invoice.invoiceNo) : undefined;
  const attached = mailTo === undefined ? [] : [withDocument(invoice, partner, voice, mailTo, now)];
  if (!invoice.bill || invoice.replaces !== undefined) return attached;
  const others = billAddresses(partner).filter(({ to }) => to.toLowerCase() !== mailTo?.toLowerCase());
  return [
    ...attached,
    {
      template: 'bill-issued',
      language: voice.language,
      values: announcement(invoice, partner, voice),
      destinations: others,
      sendAfter: nextOpening(now, voice.zone),
    },
  ];
});

/** FIN-115, FIN-117: mailed like an invoice; nobody else is told, because nothing has to be done about it. */
export const creditNoteNotice = composer(creditNoteCreated, async (creditNote, { now }) => {
  const { partnerId, creditNoteNo, invoiceNo, period, amount, currency, issuedOn, fileKey, mail } = creditNote;
  const mailTo = mail ? await addressOf(creditNoteNo) : undefined;
  if (mailTo === undefined) return [];
  const partner = await requirePartner(partnerId);
  return [
    {
      template: 'credit-note-created',
      language: voiceOf(partner).language,
      values: { partnerName: partner.companyName, creditNoteNo, invoiceNo, period, amount, currency, issuedOn },
      destinations: [{ channel: 'email', to: mailTo }],
      attachments: [{ fileKey, fileName: `${creditNoteNo}.pdf`, contentType: 'application/pdf' }],
      sendAfter: now,
    },
  ];
});

/** Read when the mail is composed: an address has no place in an event. */
async function addressOf(invoiceNo: string): Promise<string | undefined> {
  const { loadInvoice } = await import('#lib/invoices/index.ts'); // for the few notices that need it
  return (await loadInvoice(invoiceNo))?.mailTo;
}

function withDocument(invoice: Created, partner: Partner, voice: Voice, to: string, now: Instant): Notice {
  const ofBill = invoice.bill !== undefined && invoice.replaces === undefined;
  return {
    template: ofBill ? 'bill-issued' : 'invoice-created',
    language: voice.language,
    values: ofBill ? announcement(invoice, partner, voice) : invoiceValues(invoice, partner),
    destinations: [{ channel: 'email', to }],
    attachments: [{ fileKey: invoice.fileKey, fileName: `${invoice.invoiceNo}.pdf`, contentType: 'application/pdf' }],
    sendAfter: now,
  };
}

const invoiceValues = (
  { invoiceNo, period, amount, currency, issuedOn, replaces = '' }: Created,
  partner: Partner,
) => ({
  partnerName: partner.companyName,
  invoiceNo,
  period,
  amount,
  currency,
  issuedOn,
  replaces,
});

const toOperators = (
  template: Extract<Notice['template'], `invoice-${string}` | `certificate-${string}`>,
  values: Notice['values'],
  sendAfter: Instant,
): Notice[] => [
  {
    template,
    language: OPERATORS_VOICE.language,
    values,
    destinations: [{ channel: 'in-app', to: OPERATORS_INBOX }],
    sendAfter,
  },
];

/** FIN-110: an operator has it made again. */
export const invoiceFailedNotice = composer(invoiceFailed, async (failed, { occurredAt, now }) => {
  const { invoiceNo, partnerId, cause, billMail } = failed;
  const partner = await requirePartner(partnerId);
  return [
    ...toOperators('invoice-failed', { invoiceNo, partnerName: partner.companyName, cause }, occurredAt),
    ...(billMail ? [billWithoutInvoice(billMail, partner, now)] : []),
  ];
});

/** FIN-110: an operator sets what is missing; it is made out then. */
export const invoiceDelayedNotice = composer(invoiceDelayed, async (delayed, { occurredAt, now }) => {
  const { billId, partnerId, cause, billMail } = delayed;
  const partner = await requirePartner(partnerId);
  return [
    ...toOperators('invoice-delayed', { billId, partnerName: partner.companyName, cause }, occurredAt),
    billWithoutInvoice(billMail, partner, now),
  ];
});

/** FIN-116, FIN-117. */
export const ticketSubmittedNotice = composer(ticketSubmitted, async (ticket, { occurredAt }) => {
  const { companyName: partnerName } = await requirePartner(ticket.partnerId);
  const { ticketId, kind, cycle, invoiceNo = '' } = ticket;
  const wish = OPERATORS_VOICE.terms.invoiceWish[kind];
  return toOperators('invoice-ticket-submitted', { partnerName, ticketId, wish, cycle, invoiceNo }, occurredAt);
});

/** FIN-116, FIN-117. */
export const ticketDecidedNotice = composer(ticketDecided, async (ticket, { now }) => {
  const partner = await requirePartner(ticket.partnerId);
  const { language, zone, terms } = voiceOf(partner);
  return [
    {
      template: 'invoice-ticket-decided',
      language,
      values: {
        partnerName: partner.companyName,
        wish: terms.invoiceWish[ticket.kind],
        cycle: ticket.cycle,
        invoiceNo: ticket.invoiceNo ?? '',
        decision: terms.decision[ticket.accepted ? 'agreed' : 'rejected'],
        answer: ticket.answer,
      },
      destinations: contactMail(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** FIN-125. */
export const certificateUploadedNotice = composer(certificateUploaded, async (certificate, { occurredAt }) => {
  const { companyName: partnerName } = await requirePartner(certificate.partnerId);
  const { invoiceNo, amount, currency } = certificate;
  return toOperators('certificate-uploaded', { partnerName, invoiceNo, amount, currency }, occurredAt);
});

/** FIN-125. */
export const certificateReviewedNotice = composer(certificateReviewed, async (certificate, { now }) => {
  const partner = await requirePartner(certificate.partnerId);
  const { language, zone, terms } = voiceOf(partner);
  const { invoiceNo, amount, currency, accepted, reason } = certificate;
  const decision = terms.decision[accepted ? 'agreed' : 'rejected'];
  return [
    {
      template: 'certificate-reviewed',
      language,
      values: { partnerName: partner.companyName, invoiceNo, amount, currency, decision, reason },
      destinations: contactMail(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});
