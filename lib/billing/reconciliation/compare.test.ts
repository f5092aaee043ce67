import { describe, expect, it } from 'vitest';
import { add, parseMoney } from '#lib/shared/money.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import { type BillLine, toLine } from '../line.ts';
import { compareLegs, compareLines, compareMonth, type Expected } from './compare.ts';

const VAT = [{ code: 'VAT', rate: parseMoney('0.07') }];
const names = { accountName: 'a', partnerName: 'p', partnerAccountName: 'pa' };

const expected = (listPrice: string): Expected => {
  const record = aCharge({ listPrice });
  return { record, settlement: record.listPrice };
};
const lineOf = ({ record, settlement }: Expected): BillLine =>
  toLine(record, names, { basis: { kind: 'no-discount' }, amount: settlement }, VAT);

describe('records beside lines', () => {
  const [first, second] = [expected('100'), expected('0.3')] as const;

  it('FIN-50: the same records and lines have no difference, in whatever order', () => {
    expect(compareLines([first, second], [lineOf(second), lineOf(first)], VAT)).toEqual([]);
    expect(compareLines([], [], VAT)).toEqual([]);
  });

  it('FIN-14: a record without line and a line without record are named', () => {
    expect(compareLines([first, second], [lineOf(first)], VAT)).toMatchObject([
      { kind: 'line-missing', recordId: second.record.recordId },
    ]);
    expect(compareLines([first], [lineOf(first), lineOf(second)], VAT)).toMatchObject([
      { kind: 'record-missing', recordId: second.record.recordId },
    ]);
    expect(compareLines([first], [lineOf(first), lineOf(first)], VAT)).toMatchObject([{ kind: 'line-twice' }]);
  });

  it('FIN-35 to FIN-37: every amount of a line is computed anew, to the twelfth decimal', () => {
    const line = lineOf(first);
    const cent = parseMoney('0.000000000001');
    const changed = { ...line, amounts: { ...line.amounts, due: add(line.amounts.due, cent) } };
    expect(compareLines([first], [changed], VAT)).toMatchObject([
      { kind: 'line-differs', field: 'due', expected: '107.00', found: '107.000000000001' },
    ]);
  });
});

it('FIN-14: what a month counted is compared figure by figure', () => {
  const zero = parseMoney('0');
  const month = { count: 2, expenditure: parseMoney('5'), refund: zero, adjustment: zero };
  expect(compareMonth('cus_1', month, month)).toEqual([]);
  expect(compareMonth('cus_1', month, { ...month, count: 1 })).toEqual([
    { kind: 'month-differs', customerId: 'cus_1', field: 'count', expected: '2', found: '1' },
  ]);
});

it('FIN-50: legs are compared place by place, however they are split', () => {
  const leg = (account: 'revenue' | 'receivable', amount: string) => ({
    account,
    currency: 'USD',
    amount: parseMoney(amount),
  });
  expect(compareLegs([leg('revenue', '-3')], [leg('revenue', '-1'), leg('revenue', '-2')])).toEqual([]);
  expect(compareLegs([leg('revenue', '-3')], undefined)).toMatchObject([{ kind: 'posting-missing' }]);
  expect(compareLegs([leg('revenue', '-3')], [leg('receivable', '-3')])).toHaveLength(2);
});
