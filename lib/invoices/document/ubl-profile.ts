import type { InvoiceTax } from '../figures.ts';

export const VAT = 'VAT';
const NOT_VAT = 'TAX';
const EN_16931 = 'urn:cen.eu:en16931:2017';

/**
 * What a document says that it follows; nothing for plain UBL. The European norm knows one tax, VAT, and one category of it a line: other
 * taxes and several components are outside it.
 */
export function specificationOf(taxes: readonly InvoiceTax[]): string | undefined {
  const [first, ...more] = taxes;
  return more.length === 0 && (first === undefined || first.code === VAT) ? EN_16931 : undefined;
}

/** Where a VAT identifier begins with something else than the code of its country. */
const VAT_PREFIXES: Readonly<Record<string, readonly string[]>> = { GR: ['EL'], GB: ['GB', 'XI'] };

/**
 * What a tax ID counts as. A VAT identifier begins with its country (BR-CO-09) and has no place where no VAT is charged (BR-O-02); any
 * other is a registration for tax.
 */
export function schemeOf(taxId: string, country: string, taxes: readonly InvoiceTax[]): string {
  const prefixes = VAT_PREFIXES[country] ?? [country];
  const charged = taxes.some(({ code }) => code === VAT);
  return charged && prefixes.some((prefix) => taxId.startsWith(prefix)) ? VAT : NOT_VAT;
}
