import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Money } from '#lib/shared/money.ts';
import { billed, creditNote, DOCUMENTS, tax } from '../../../tests/invoices/ubl/documents.ts';
import { brokenRules } from '../../../tests/invoices/ubl/rules.ts';
import { schemaProblems } from '../../../tests/invoices/ubl/schema.ts';
import { toUbl } from './ubl.ts';

describe.each(Object.entries(DOCUMENTS))('%s', (_name, content) => {
  it('FIN-110, FIN-117: is valid UBL 2.1', () => {
    expect(schemaProblems(toUbl(content))).toEqual([]);
  });

  it('FIN-112: adds up by the rules of EN 16931', () => {
    expect(brokenRules(toUbl(content), content.decimals)).toEqual([]);
  });
});

const units = (min: bigint, max: bigint, scale: bigint) =>
  fc.bigInt({ min, max }).map((each): Money => (each * scale) as Money);
const lines = fc.array(
  fc.record({
    name: fc.string({ unit: 'binary', maxLength: 20 }).map((name) => `p${name}`),
    detail: fc.option(fc.constant('Provider'), { nil: undefined }),
    couponsUsed: units(0n, 10n ** 12n, 10_000n),
    taxExclusiveDue: units(-(10n ** 13n), 10n ** 14n, 10_000n),
  }),
  { minLength: 1, maxLength: 30 },
);
const taxes = fc.constantFrom(
  [],
  [tax('VAT', '0')],
  [tax('VAT', '0.09')],
  [tax('VAT', '0.075')],
  [tax('CGST', '0.09'), tax('SGST', '0.09')],
  [tax('IGST', '0.18')],
);
const bills = fc.record({
  lines,
  taxComponents: taxes,
  exchangeRate: units(1n, 99_999_999n, 10n ** 8n),
  currency: fc.constantFrom('USD', 'CLP'),
  kind: fc.constantFrom({}, creditNote),
});

it('FIN-36, FIN-112, FIN-117: the documents of any bill are valid and add up', () => {
  const property = fc.property(bills, ({ kind, ...bill }) => {
    const content = billed({ ...bill, decimals: bill.currency === 'CLP' ? 0 : 2, of: kind });
    const xml = toUbl(content);
    expect(schemaProblems(xml)).toEqual([]);
    expect(brokenRules(xml, content.decimals)).toEqual([]);
  });
  fc.assert(property, { numRuns: 200 });
});

const xml = toUbl(billed());

it.each([
  ['BR-CO-10', /(<cac:LegalMonetaryTotal>\s*<cbc:LineExtensionAmount[^>]*>)[^<]*/, '594.01'],
  ['BR-CO-13', /(<cbc:TaxExclusiveAmount[^>]*>)[^<]*/, '593.99'],
  ['BR-CO-14', /(<cac:TaxTotal>\s*<cbc:TaxAmount[^>]*>)[^<]*/, '53.45'],
  ['BR-CO-15', /(<cbc:TaxInclusiveAmount[^>]*>)[^<]*/, '647.45'],
  ['BR-CO-16', /(<cbc:PayableAmount[^>]*>)[^<]*/, '647.45'],
  ['BR-CO-17', /(<cac:TaxSubtotal>[\s\S]*?<cbc:TaxAmount[^>]*>)[^<]*/, '53.48'],
  ['BR-S-08', /(<cbc:TaxableAmount[^>]*>)[^<]*/, '593.99'],
  ['BR-27', /(<cbc:PriceAmount[^>]*>)[^<]*/, '-450.00'],
  ['BR-DEC', /(<cbc:PriceAmount[^>]*>)[^<]*/, '450.000'],
  ['PEPPOL-EN16931-R120', /(<cbc:InvoicedQuantity[^>]*>)[^<]*/, '2'],
])('FIN-112: a document that breaks %s is found', (rule, place, instead) => {
  expect(brokenRules(xml.replace(place, `$1${instead}`), 2)).toContain(rule);
});

it.each([
  ['an element out of its order', /(<cbc:ID>[^<]*<\/cbc:ID>\s*)(<cbc:IssueDate>[^<]*<\/cbc:IssueDate>\s*)/, '$2$1'],
  ['a missing sum', /<cbc:PayableAmount[^>]*>[^<]*<\/cbc:PayableAmount>/, ''],
  ['an amount without a currency', / currencyID="USD"/, ''],
  ['an amount that is no number', /594\.00/, '594,00'],
  ['a day that is none', /2024-08-05/, '2024-08-32'],
  ['an element that UBL does not have', /<cbc:BuyerReference>/, '<cbc:Buyer>x</cbc:Buyer><cbc:BuyerReference>'],
])('FIN-110: a document with %s is not valid', (_what, place, instead) => {
  expect(schemaProblems(xml.replace(place, instead))).not.toEqual([]);
});
