import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import { COLUMNS } from '../columns.ts';
import { toLine } from '../line.ts';
import { detailHeader, detailRows } from './csv.ts';

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
    expect(parse(detailHeader())).toEqual([COLUMNS.map(({ title }) => title)]);
  });

  it('FIN-159: a written line comes back as it was, names masked', () => {
    const charge = aCharge({
      specifications: 'two\r\nlines, "quoted"',
      billingMode: 'savings-plan',
      quantity: 1,
      numberOfTerms: 12,
      orderType: 'change',
    });
    const [row = []] = parse(detailRows([toLine(charge, names, settlement, [])]));
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
