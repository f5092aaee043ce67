import { XMLParser } from 'fast-xml-parser';

/** Ten thousandths of an amount or a percentage, read from the text of the document alone. */
type Units = bigint;
interface Line {
  readonly net: Units;
  readonly price: Units;
  readonly quantity: Units;
  readonly categories: readonly string[];
}
interface Subtotal {
  readonly taxable: Units;
  readonly amount: Units;
  readonly percent: Units;
  readonly category: string;
}
interface Sums {
  readonly amounts: readonly string[];
  readonly lines: readonly Line[];
  readonly subtotals: readonly Subtotal[];
  readonly tax: Units;
  readonly lineTotal: Units;
  readonly taxExclusive: Units;
  readonly taxInclusive: Units;
  readonly rounding: Units;
  readonly payable: Units;
}

const ONE = 10_000n;
const CENT = 100n;

/** A value with or without attributes. */
const textOf = (element: { '#text': string } | string): string =>
  typeof element === 'string' ? element : element['#text'];

function units(element: { '#text': string } | string | undefined): Units {
  const [whole = '', fraction = ''] = (element === undefined ? '0' : textOf(element)).split('.');
  const size = BigInt(whole.replace('-', '')) * ONE + BigInt(fraction.padEnd(4, '0'));
  return whole.startsWith('-') ? -size : size;
}

// biome-ignore lint/suspicious/noExplicitAny: reads arbitrary members of a document
const categoryOf = ({ ID, Percent, TaxScheme }: any): string => [ID, Percent, TaxScheme.ID].join(' ');

function read(xml: string): Sums {
  const parser = new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => ['InvoiceLine', 'CreditNoteLine', 'TaxSubtotal', 'ClassifiedTaxCategory'].includes(name),
  });
  const { Invoice, CreditNote } = parser.parse(xml);
  const document = Invoice ?? CreditNote;
  const { TaxTotal, LegalMonetaryTotal: total } = document;
  return {
    amounts: [...xml.matchAll(/currencyID="[A-Z]{3}">([^<]*)</g)].map(([, amount = '']) => amount),
    // biome-ignore lint/suspicious/noExplicitAny: as above
    lines: (document.InvoiceLine ?? document.CreditNoteLine).map((line: any) => ({
      net: units(line.LineExtensionAmount),
      price: units(line.Price.PriceAmount),
      quantity: units(line.InvoicedQuantity ?? line.CreditedQuantity),
      categories: line.Item.ClassifiedTaxCategory.map(categoryOf),
    })),
    // biome-ignore lint/suspicious/noExplicitAny: as above
    subtotals: TaxTotal.TaxSubtotal.map((each: any) => ({
      taxable: units(each.TaxableAmount),
      amount: units(each.TaxAmount),
      percent: units(each.TaxCategory.Percent),
      category: categoryOf(each.TaxCategory),
    })),
    tax: units(TaxTotal.TaxAmount),
    lineTotal: units(total.LineExtensionAmount),
    taxExclusive: units(total.TaxExclusiveAmount),
    taxInclusive: units(total.TaxInclusiveAmount),
    rounding: units(total.PayableRoundingAmount),
    payable: units(total.PayableAmount),
  };
}

const sumOf = (all: readonly Units[]): Units => all.reduce((total, each) => total + each, 0n);
const distance = (a: Units, b: Units): Units => (a > b ? a - b : b - a);

/** The arithmetic of EN 16931 for documents without allowances, charges and prepayments of their own (BR-CO-11 and 12 hold with them). */
const RULES: Readonly<Record<string, (sums: Sums, unit: Units) => boolean>> = {
  'BR-CO-10': ({ lines, lineTotal }) => sumOf(lines.map(({ net }) => net)) === lineTotal,
  'BR-CO-13': ({ lineTotal, taxExclusive }) => taxExclusive === lineTotal,
  'BR-CO-14': ({ subtotals, tax }) => sumOf(subtotals.map(({ amount }) => amount)) === tax,
  'BR-CO-15': ({ taxExclusive, tax, taxInclusive }) => taxInclusive === taxExclusive + tax,
  'BR-CO-16': ({ taxInclusive, rounding, payable }) => payable === taxInclusive + rounding,
  // The norm allows a difference of 1.00; what a bill rounds once differs from what its parts come to by no more than the last place.
  'BR-CO-17': ({ subtotals }, unit) =>
    subtotals.every(
      ({ taxable, percent, amount }) => distance(amount * 100n * ONE, taxable * percent) <= unit * 100n * ONE,
    ),
  'BR-S-08': ({ lines, subtotals }) =>
    subtotals.every(({ category, taxable }) => {
      const of = lines.filter(({ categories }) => categories.includes(category));
      return sumOf(of.map(({ net }) => net)) === taxable;
    }),
  'BR-27': ({ lines }) => lines.every(({ price }) => price >= 0n),
  'BR-DEC': ({ amounts }) => amounts.every((amount) => /^-?\d+(\.\d{1,2})?$/.test(amount)),
  'PEPPOL-EN16931-R120': ({ lines }) => lines.every(({ net, price, quantity }) => net * ONE === price * quantity),
};

/** The ids of the rules that a document breaks. */
export function brokenRules(xml: string, decimals: number): readonly string[] {
  const sums = read(xml);
  const unit = decimals === 0 ? ONE : CENT;
  return Object.entries(RULES).flatMap(([id, holds]) => (holds(sums, unit) ? [] : [id]));
}
