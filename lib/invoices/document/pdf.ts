import { exactText, fixedText, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import { createPdf, type Pdf } from '#lib/shared/pdf/index.ts';
import { atBusinessTime, businessDayOf, dayPlus, monthStart, nextMonth } from '#lib/shared/time.ts';
import { type Invoice, isWithholding } from '../invoice.ts';
import type { InvoiceContent } from './content.ts';
import { fillIn, type Words, wordsOf } from './words.ts';

/** The invoice as a document that people read. */
export async function toPdf(content: InvoiceContent): Promise<Uint8Array> {
  const { invoice } = content;
  const words = wordsOf(invoice.language);
  const pdf = createPdf({
    title: `${words.invoice} ${invoice.invoiceNo}`,
    author: invoice.issuer.legalName,
    language: invoice.language === 'de' ? 'de' : 'en',
    createdAt: atBusinessTime(invoice.issuedOn, '00:00:00'), // of the document, not of its making: made again, it is the same
    footer: (page, pages) => ({
      left: `${invoice.issuer.legalName} · ${invoice.invoiceNo}`,
      right: fillIn(words.page, { page, pages }),
    }),
  });
  head(pdf, invoice, words);
  sides(pdf, invoice, words);
  products(pdf, content, words);
  totals(pdf, content, words);
  remarks(pdf, content, words);
  customers(pdf, content, words);
  return pdf.finish();
}

function head(pdf: Pdf, invoice: Invoice, words: Words): void {
  pdf.text(invoice.issuer.legalName, { size: 10, bold: true, color: '#44546a' });
  pdf.space(6);
  pdf.text(words.invoice, { size: 22, bold: true });
  pdf.space(8);
  const facts: (readonly [string, string | undefined])[] = [
    [words.number, invoice.invoiceNo],
    [words.date, invoice.issuedOn],
    [words.period, invoice.billId === undefined ? undefined : periodText(invoice)],
    [words.due, invoice.dueAt && businessDayOf(invoice.dueAt)],
    [words.bill, invoice.billId],
    [words.replaces, invoice.replaces],
  ];
  pairs(pdf, facts);
}

const periodText = ({ cycle }: Invoice): string =>
  `${cycle}-01 – ${dayPlus(businessDayOf(monthStart(nextMonth(cycle))), -1)} (GMT+08:00)`;

const LABEL_WIDTH = 130;

function pairs(pdf: Pdf, facts: readonly (readonly [string, string | undefined])[]): void {
  for (const [label, value] of facts) {
    if (value === undefined) continue;
    const { y } = pdf;
    pdf.label(label, { x: pdf.left, y }, { color: '#6b6b6b' });
    pdf.text(value, { x: pdf.left + LABEL_WIDTH });
  }
}

/** Issuer and recipient side by side. */
function sides(pdf: Pdf, { issuer, recipient, partnerId }: Invoice, words: Words): void {
  pdf.space(14);
  const { address } = issuer;
  const top = pdf.y;
  const half = pdf.width / 2;
  const ends = [
    column(pdf, pdf.left, half - 12, words.issuer, [
      issuer.legalName,
      address.street,
      [address.postalCode, address.city].filter(Boolean).join(' '),
      address.country,
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
      [recipient.state, recipient.country].filter(Boolean).join(', '),
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

function products(pdf: Pdf, { figures, decimals, invoice }: InvoiceContent, words: Words): void {
  pdf.space(16);
  const withCoupons = figures.lines.some(({ couponsUsed }) => couponsUsed !== ZERO);
  const amount = (value: Money): string => grouped(value, decimals);
  const head = (text: string): string => `${text} (${invoice.currency})`;
  pdf.table({
    columns: [
      { head: words.product, share: withCoupons ? 5 : 7 },
      ...(withCoupons
        ? [
            { head: head(words.beforeCoupons), share: 2.2, align: 'right' as const },
            { head: head(words.coupons), share: 2.2, align: 'right' as const },
          ]
        : []),
      { head: head(words.net), share: 2.2, align: 'right' },
    ],
    rows: figures.lines.map(({ name, detail, gross, couponsUsed, net }) => ({
      cells: [
        detail === undefined ? name : `${name} · ${detail}`,
        ...(withCoupons ? [amount(gross), amount(couponsUsed)] : []),
        amount(net),
      ],
    })),
  });
}

function totals(pdf: Pdf, { figures, invoice, decimals }: InvoiceContent, words: Words): void {
  const rows: [string, Money, boolean?][] = [
    [words.netTotal, figures.net],
    ...figures.taxes.map(({ code, rate, amount }): [string, Money] => [
      `${code} ${exactText((rate * 100n) as Money, 0)} %`,
      amount,
    ]),
    [words.total, figures.total],
    ...(figures.rounding === ZERO ? [] : ([[words.rounding, figures.rounding]] as [string, Money][])),
    [words.payable, figures.payable, true],
  ];
  pdf.space(6);
  pdf.need(rows.length * 16 + 20); // the sum stays together
  for (const [label, value, last = false] of rows) {
    if (last) pdf.segment([pdf.left + pdf.width / 2, pdf.y], [pdf.left + pdf.width, pdf.y], '#1a1a1a');
    const size = last ? 11 : 9;
    const { y } = pdf;
    pdf.label(label, { x: pdf.left + pdf.width / 2, y: y + 2 }, { size, bold: last });
    pdf.label(
      `${grouped(value, decimals)} ${invoice.currency}`,
      { x: pdf.left, y: y + 2, width: pdf.width - 3 },
      { size, bold: last, align: 'right' },
    );
    pdf.space(size + 7);
  }
}

function remarks(pdf: Pdf, content: InvoiceContent, words: Words): void {
  const { invoice, figures, decimals, billCurrency, exchangeRate } = content;
  const { currency, withheld, amount, payeeAccount, invoiceNo } = invoice;
  pdf.space(12);
  if (figures.taxes.length === 0 && invoice.billId !== undefined) pdf.text(words.notTaxed);
  if (billCurrency !== undefined && billCurrency !== currency && exchangeRate !== undefined)
    pdf.text(fillIn(words.exchange, { from: billCurrency, rate: exactText(exchangeRate, 4), to: currency }));
  if (isWithholding(invoice)) {
    const rest = grouped(subtract(amount, withheld), decimals);
    pdf.text(fillIn(words.withheldNote, { withheld: grouped(withheld, decimals), rest, currency }), { bold: true });
  }
  if (!payeeAccount) return;
  pdf.space(10);
  pdf.need(110);
  pdf.text(words.transfer, { bold: true });
  pairs(pdf, [
    [words.payee, payeeAccount.payee],
    ['', payeeAccount.address],
    [words.bank, payeeAccount.bank],
    [words.account, payeeAccount.accountNumber],
    ['SWIFT', payeeAccount.swiftCode],
    [words.number, invoiceNo],
  ]);
  pdf.text(words.quote);
}

/** FIN-150: who the amounts come from; names masked (FIN-05), ids in clear. */
function customers(
  pdf: Pdf,
  { customers: shares, otherCustomers, billCurrency = '' }: InvoiceContent,
  words: Words,
): void {
  if (shares.length === 0) return;
  pdf.space(18);
  pdf.need(90);
  pdf.text(fillIn(words.customers, { currency: billCurrency }), { bold: true });
  pdf.space(4);
  const others = otherCustomers
    ? [[fillIn(words.otherCustomers, { count: otherCustomers.count }), '', grouped(otherCustomers.net, 8)]]
    : [];
  pdf.table({
    columns: [
      { head: words.customer, share: 3 },
      { head: '', share: 4 },
      { head: words.net, share: 2, align: 'right' },
    ],
    rows: [...shares.map(({ customerId, name = '', net }) => [name, customerId, grouped(net, 8)]), ...others].map(
      (cells) => ({ cells }),
    ),
  });
}

/** `10,444.73`: the same on every invoice, whatever its language, like the figures of the e-invoice. */
function grouped(amount: Money, decimals: number): string {
  const [whole = '', fraction] = fixedText(amount, decimals).split('.');
  const text = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}
