import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '#lib/shared/exports/csv.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import { COLUMNS } from '../columns.ts';
import { toLine } from '../line.ts';
import { detailCells, detailsSource } from './bill-sources.ts';
import { figureOf } from './workbook-step.ts';

describe('the columns', () => {
  const names = {
    customerName: 'Carla Customer',
    accountName: 'atlas',
    partnerName: 'Acme, "Ltd"',
    partnerAccountName: 'acme',
  };
  const settlement = { basis: { kind: 'no-discount' as const }, amount: parseMoney('1') };

  it('FIN-160: are 56, each with its own title and field', () => {
    expect(COLUMNS).toHaveLength(56);
    expect(new Set(COLUMNS.map(({ title }) => title)).size).toBe(56);
    expect(new Set(COLUMNS.map(({ field }) => field)).size).toBe(56);
    const { titles } = detailsSource({ billId: 'bill_1', cycle: '2024-07' as BillingMonth });
    expect(titles).toEqual(COLUMNS.map(({ title }) => title));
  });

  it('FIN-159: a written line comes back as it was, names masked', () => {
    const charge = aCharge({
      specifications: 'two\r\nlines, "quoted"',
      billingMode: 'savings-plan',
      quantity: 1,
      numberOfTerms: 12,
      orderType: 'change',
    });
    const [row = []] = parse(toCsv([detailCells(toLine(charge, names, settlement, []))]));
    const cell = (title: string) => row[COLUMNS.findIndex((column) => column.title === title)];
    expect(cell('Customer Name')).toBe('C***r');
    expect(cell('Account Name')).toBe('a***s');
    expect(cell('Partner Name')).toBe('Acme, "Ltd"');
    expect(cell('Specifications')).toBe('two\r\nlines, "quoted"');
    expect(cell('Billing Mode')).toBe('Savings Plans');
    expect([cell('Quantity'), cell('Number of Terms'), cell('Order Type')]).toEqual(['1', '12', 'Change']);
    expect([cell('Coupons Used (USD)'), cell('Whether to Refund Coupons'), cell('Usage')]).toEqual([
      '0.00000000',
      '',
      '',
    ]);
  });
});

it.each([
  ['100.00000000', 100],
  ['-30.5', -30.5],
  ['0.00000000', 0],
  ['123456789012345', 123_456_789_012_345],
  ['1234567890123456', '1234567890123456'],
  ['0.12345678', 0.12345678],
  ['12345678.12345678', '12345678.12345678'],
  ['=1+1', '=1+1'],
  ['', ''],
])('FIN-160: %j is %j in a workbook: a figure as long as it holds every digit', (text, cell) => {
  expect(figureOf(text)).toBe(cell);
});
