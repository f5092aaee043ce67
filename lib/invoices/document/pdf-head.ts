import type { Pdf } from '#lib/shared/pdf/index.ts';
import { businessDayOf, dayPlus, monthStart, nextMonth } from '#lib/shared/time.ts';
import type { Invoice } from '../invoice.ts';
import { countryName } from './country.ts';
import { fillIn, languageOf, type Words } from './words.ts';

/** Title and what identifies the document. */
export function head(pdf: Pdf, invoice: Invoice, title: string, words: Words): void {
  pdf.text(invoice.issuer.legalName, { size: 10, bold: true, color: '#44546a' });
  pdf.space(6);
  pdf.text(title, { size: 22, bold: true });
  pdf.space(8);
  const { cancels } = invoice;
  const facts: (readonly [string, string | undefined])[] = [
    [cancels ? words.creditNoteNumber : words.number, invoice.invoiceNo],
    [cancels ? words.creditNoteDate : words.date, invoice.issuedOn],
    [words.cancels, cancels && fillIn(words.cancelled, cancels)],
    [words.period, invoice.billId === undefined ? undefined : periodText(invoice)],
    [words.due, invoice.dueAt && businessDayOf(invoice.dueAt)],
    [words.bill, invoice.billId],
    [words.replaces, invoice.replaces],
    [words.creditNote, invoice.creditNote],
  ];
  pairs(pdf, facts);
}

const periodText = ({ cycle }: Invoice): string =>
  `${cycle}-01 – ${dayPlus(businessDayOf(monthStart(nextMonth(cycle))), -1)} (GMT+08:00)`;

const LABEL_WIDTH = 130;

/** Labels with what they name; without a value, none. */
export function pairs(pdf: Pdf, facts: readonly (readonly [string, string | undefined])[]): void {
  for (const [label, value] of facts) {
    if (value === undefined) continue;
    const { y } = pdf;
    pdf.label(label, { x: pdf.left, y }, { color: '#6b6b6b' });
    pdf.text(value, { x: pdf.left + LABEL_WIDTH });
  }
}

/** Issuer and recipient side by side. */
export function sides(pdf: Pdf, { issuer, recipient, partnerId, language }: Invoice, words: Words): void {
  pdf.space(14);
  const { address } = issuer;
  const nameOf = (country: string): string => countryName(country, languageOf(language));
  const top = pdf.y;
  const half = pdf.width / 2;
  const ends = [
    column(pdf, pdf.left, half - 12, words.issuer, [
      issuer.legalName,
      address.street,
      [address.postalCode, address.city].filter(Boolean).join(' '),
      nameOf(address.country),
      `${issuer.taxIdLabel}: ${issuer.taxId}`,
      issuer.registrationNumber && `${words.registration}: ${issuer.registrationNumber}`,
      issuer.email,
    ]),
  ];
  pdf.y = top;
  ends.push(
    column(pdf, pdf.left + half, half, words.billedTo, [
      recipient.companyName,
      recipient.address,
      [recipient.state, nameOf(recipient.country)].filter(Boolean).join(', '),
      recipient.taxId && `${words.taxId}: ${recipient.taxId}`,
      `${words.partnerId}: ${partnerId}`,
    ]),
  );
  pdf.y = Math.max(...ends);
}

function column(pdf: Pdf, x: number, width: number, title: string, lines: readonly (string | undefined)[]): number {
  pdf.text(title, { x, width, size: 8, color: '#6b6b6b' });
  lines.forEach((line, i) => {
    if (line) pdf.text(line, { x, width, bold: i === 0 });
  });
  return pdf.y;
}
