import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { billed, tax } from '../../../tests/invoices/ubl/documents.ts';
import { toUbl } from './ubl.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read arbitrary members of a document
const read = (xml: string): any =>
  new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => ['TaxSubtotal', 'ClassifiedTaxCategory', 'InvoiceLine'].includes(name),
  }).parse(xml).Invoice;

it('FIN-110: the e-invoice has the parties, dates, period and the invoice that it replaces', () => {
  const address = { street: 's', city: 'Singapore', country: 'SG' };
  const content = billed({
    currency: 'HKD',
    exchangeRate: parseMoney('7.7523'),
    of: {
      replaces: 'CSER24000001',
      issuer: { entityId: 'CSER', legalName: 'Vendor & Co <Pte>', taxId: 'T-1', taxIdLabel: 'GST', address },
      recipient: { companyName: 'شركة "Müller" 深圳\u0007', country: 'HK' },
    },
  });
  const invoice = read(toUbl(content));
  expect(invoice).toMatchObject({
    ID: 'CSER24000002',
    IssueDate: '2024-08-05',
    DueDate: '2024-08-20',
    InvoiceTypeCode: '380',
    DocumentCurrencyCode: 'HKD',
    InvoicePeriod: { StartDate: '2024-07-01', EndDate: '2024-07-31' },
    BillingReference: { InvoiceDocumentReference: { ID: 'CSER24000001' } },
  });
  expect(invoice.Note).toContain('1 USD = 7.7523 HKD');
  const { Party: seller } = invoice.AccountingSupplierParty;
  expect(seller.PartyLegalEntity.RegistrationName).toBe('Vendor & Co <Pte>');
  expect(seller.PartyIdentification.ID).toBe('CSER'); // BR-CO-26: what no seller is without
  expect(invoice.AccountingCustomerParty.Party.PartyName.Name).toBe('شركة "Müller" 深圳');
});

it('FIN-36: has every component of the tax, on the document and on each line, and a category without any', () => {
  const both = [
    { ID: 'S', Percent: '9.00', TaxScheme: { ID: 'CGST' } },
    { ID: 'S', Percent: '6.00', TaxScheme: { ID: 'SGST' } },
  ];
  const { TaxTotal, InvoiceLine } = read(toUbl(billed({ taxComponents: [tax('CGST', '0.09'), tax('SGST', '0.06')] })));
  expect(TaxTotal.TaxSubtotal.map((each: { TaxCategory: object }) => each.TaxCategory)).toEqual(both);
  for (const { Item } of InvoiceLine) expect(Item.ClassifiedTaxCategory).toEqual(both);
  expect(read(toUbl(billed({ taxComponents: [] }))).TaxTotal.TaxSubtotal).toMatchObject([{ TaxCategory: { ID: 'O' } }]);
});
