import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, type BusinessDay, instant } from '#lib/shared/time.ts';
import { figuresOf } from '../figures.ts';
import type { Invoice } from '../invoice.ts';
import type { InvoiceContent } from './content.ts';
import { toUbl } from './ubl.ts';

const money = parseMoney;
const invoice: Invoice = {
  draftId: 'drf_1',
  invoiceNo: 'CSER24000002',
  partnerId: 'par_1',
  content: 'Monthly bill',
  billId: 'bill_2024-07_par_1',
  cycle: '2024-07' as BillingMonth,
  currency: 'HKD',
  amount: money('4638.59'),
  withheld: ZERO,
  dueAt: instant('2024-08-20T23:59:59+08:00'),
  issuedOn: '2024-08-05' as BusinessDay,
  createdAt: instant('2024-08-05T02:10:00+08:00'),
  language: 'en',
  status: 'Creating',
  version: 1,
  replaces: 'CSER24000001',
  issuer: {
    entityId: 'CSER',
    legalName: 'Vendor & Co <Pte>',
    taxId: 'T-1',
    taxIdLabel: 'GST',
    address: { street: 's', city: 'Singapore', country: 'SG' },
  },
  recipient: { companyName: 'شركة "Müller" 深圳\u0007', country: 'HK' },
};
const content = (taxComponents: { code: string; rate: Money }[], taxes: Record<string, Money>): InvoiceContent => ({
  invoice,
  figures: figuresOf({
    lines: [
      { name: 'EVS', couponsUsed: money('60'), taxExclusiveDue: money('565.20543775') },
      { name: 'Refunded', couponsUsed: ZERO, taxExclusiveDue: money('-6') },
    ],
    taxExclusiveDue: money('559.20543775'),
    taxComponents,
    taxByComponent: taxes,
    payable: invoice.amount,
    exchangeRate: money('7.7523'),
    decimals: 2,
  }),
  decimals: 2,
  billCurrency: 'USD',
  exchangeRate: money('7.7523'),
  customers: [],
});
const vat = content([{ code: 'VAT', rate: money('0.07') }], { VAT: money('39.14438064') });

// biome-ignore lint/suspicious/noExplicitAny: tests read arbitrary members of a document
const read = (xml: string): any =>
  new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => ['InvoiceLine', 'TaxSubtotal'].includes(name),
  }).parse(xml).Invoice;
const amount = (element: { '#text': string }): Money => money(element['#text']);

it('FIN-110: the e-invoice has the parties, dates, period and the invoice that it replaces', () => {
  const read1 = read(toUbl(vat));
  expect(read1).toMatchObject({
    ID: 'CSER24000002',
    IssueDate: '2024-08-05',
    DueDate: '2024-08-20',
    InvoiceTypeCode: '380',
    DocumentCurrencyCode: 'HKD',
    InvoicePeriod: { StartDate: '2024-07-01', EndDate: '2024-07-31' },
    BillingReference: { InvoiceDocumentReference: { ID: 'CSER24000001' } },
  });
  expect(read1.Note).toContain('1 USD = 7.7523 HKD');
  expect(read1.AccountingSupplierParty.Party.PartyLegalEntity.RegistrationName).toBe('Vendor & Co <Pte>');
  expect(read1.AccountingCustomerParty.Party.PartyName.Name).toBe('شركة "Müller" 深圳');
});

it('FIN-112: its sums follow the rules of EN 16931 (BR-CO-10, 13, 14, 15, 16, BR-27)', () => {
  const { LegalMonetaryTotal: total, TaxTotal: tax, InvoiceLine: lines } = read(toUbl(vat));
  const lineSum = sum(
    lines.map((line: { LineExtensionAmount: { '#text': string } }) => amount(line.LineExtensionAmount)),
  );
  expect(lineSum).toBe(amount(total.LineExtensionAmount));
  expect(amount(total.TaxExclusiveAmount)).toBe(lineSum);
  const taxes = tax.TaxSubtotal.map((each: { TaxAmount: { '#text': string } }) => amount(each.TaxAmount));
  expect(sum(taxes)).toBe(amount(tax.TaxAmount));
  expect(amount(total.TaxInclusiveAmount)).toBe(sum([lineSum, amount(tax.TaxAmount)]));
  const rounding = total.PayableRoundingAmount ? amount(total.PayableRoundingAmount) : ZERO;
  expect(amount(total.PayableAmount)).toBe(sum([amount(total.TaxInclusiveAmount), rounding]));
  expect(amount(total.PayableAmount)).toBe(invoice.amount);
  for (const line of lines) {
    expect(amount(line.Price.PriceAmount) >= ZERO).toBe(true);
    const sign = line.InvoicedQuantity['#text'] === '-1' ? -1n : 1n;
    expect(sign * amount(line.Price.PriceAmount)).toBe(amount(line.LineExtensionAmount));
  }
});

it('FIN-36: has every component of the tax, and a category without any', () => {
  const rate = money('0.09');
  const gst = content(
    [
      { code: 'CGST', rate },
      { code: 'SGST', rate },
    ],
    { CGST: money('50.3284894'), SGST: money('50.3284894') },
  );
  const { TaxTotal } = read(toUbl(gst));
  expect(TaxTotal.TaxSubtotal.map((each: { TaxCategory: object }) => each.TaxCategory)).toMatchObject([
    { ID: 'S', Percent: '9.00', TaxScheme: { ID: 'CGST' } },
    { ID: 'S', Percent: '9.00', TaxScheme: { ID: 'SGST' } },
  ]);
  expect(read(toUbl(content([], {}))).TaxTotal.TaxSubtotal).toMatchObject([{ TaxCategory: { ID: 'O' } }]);
});
