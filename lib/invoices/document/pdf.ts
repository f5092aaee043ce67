import { exactText, fixedText, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import { createPdf, type Pdf } from '#lib/shared/pdf/index.ts';
import { atBusinessTime } from '#lib/shared/time.ts';
import { isWithholding } from '../invoice.ts';
import type { InvoiceContent } from './content.ts';
import { head, pairs, sides } from './pdf-head.ts';
import { fillIn, languageOf, type Words, wordsOf } from './words.ts';

/** The invoice or credit note as a document that people read; the e-invoice lies inside it, for their programs. */
export async function toPdf(content: InvoiceContent, eInvoice: string): Promise<Uint8Array> {
  const { invoice } = content;
  const words = wordsOf(invoice.language);
  const title = invoice.cancels ? words.creditNote : words.invoice;
  const pdf = createPdf({
    title: `${title} ${invoice.invoiceNo}`,
    author: invoice.issuer.legalName,
    language: languageOf(invoice.language),
    createdAt: atBusinessTime(invoice.issuedOn, '00:00:00'), // of the document, not of its making: made again, it is the same
    footer: (page, pages) => ({
      left: `${invoice.issuer.legalName} · ${invoice.invoiceNo}`,
      right: fillIn(words.page, { page, pages }),
    }),
  });
  head(pdf, invoice, title, words);
  sides(pdf, invoice, words);
  products(pdf, content, words);
  totals(pdf, content, words);
  remarks(pdf, content, words);
  customers(pdf, content, words);
  pdf.attach({
    name: `${invoice.invoiceNo}.xml`,
    contentType: 'application/xml',
    description: `${title} ${invoice.invoiceNo} (UBL 2.1)`,
    content: eInvoice,
  });
  return pdf.finish();
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
    [invoice.cancels ? words.credited : words.payable, figures.payable, true],
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
  if (invoice.cancels) pdf.text(fillIn(words.cancelNote, invoice.cancels), { bold: true });
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
