import { expect, it } from 'vitest';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { schemeOf, specificationOf } from './ubl-profile.ts';

const taxes = (...codes: string[]) => codes.map((code) => ({ code, rate: parseMoney('0.09'), amount: ZERO }));

it.each([
  ['VAT', taxes('VAT'), 'urn:cen.eu:en16931:2017'],
  ['no tax', taxes(), 'urn:cen.eu:en16931:2017'],
  ['another tax', taxes('GST'), undefined],
  ['several components', taxes('CGST', 'SGST'), undefined],
  ['VAT and another tax', taxes('VAT', 'LEVY'), undefined],
])('FIN-110: with %s the e-invoice names the norm only where it follows it', (_what, of, specification) => {
  expect(specificationOf(of)).toBe(specification);
});

it.each([
  ['DE123456789', 'DE', taxes('VAT'), 'VAT'],
  ['123456789', 'DE', taxes('VAT'), 'TAX'], // BR-CO-09
  ['FR123456789', 'DE', taxes('VAT'), 'TAX'],
  ['EL123456789', 'GR', taxes('VAT'), 'VAT'],
  ['GR123456789', 'GR', taxes('VAT'), 'TAX'],
  ['XI123456789', 'GB', taxes('VAT'), 'VAT'],
  ['DE123456789', 'DE', taxes(), 'TAX'], // BR-O-02
  ['DE123456789', 'DE', taxes('CGST', 'SGST'), 'TAX'],
])('FIN-110: the tax ID %s of a company in %s counts as what it is', (taxId, country, of, scheme) => {
  expect(schemeOf(taxId, country, of)).toBe(scheme);
});
