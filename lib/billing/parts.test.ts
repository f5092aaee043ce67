import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { CannotBill } from './cannot-bill.ts';
import { type FrozenCustomer, NOTHING } from './frozen.ts';
import { cutIntoParts, sumOfCustomers } from './parts.ts';
import { positionBehind, START } from './position.ts';

const customer = (customerId: string, count: number): FrozenCustomer => ({ ...NOTHING, customerId, count });
const sizes = (...counts: number[]) =>
  cutIntoParts(counts.map((count, i) => customer(`cus_${i}`, count))).map((part) => part.map(({ count }) => count));

describe('cutting a bill into parts', () => {
  it.each([
    ['nothing', [], []],
    ['what fits', [2_500, 2_500], [[2_500, 2_500]]],
    ['one record too many', [2_500, 2_501], [[2_500], [2_501]]],
    ['a big customer alone', [1, 5_001, 1], [[1], [5_001], [1]]],
  ])('FIN-166: %s', (_what, counts, parts) => {
    expect(sizes(...counts)).toEqual(parts);
  });

  it('FIN-166: a part has at most 100 customers', () => {
    expect(sizes(...Array.from({ length: 201 }, () => 1)).map((part) => part.length)).toEqual([100, 100, 1]);
  });

  it('FIN-166: every customer is in one part, in order, and the sums stay', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12_000), { maxLength: 250 }), (counts) => {
        const customers = counts.map((count, i) => customer(`cus_${i}`, count));
        const parts = cutIntoParts(customers);
        expect(parts.flat()).toEqual(customers);
        expect(sumOfCustomers(parts.flat()).count).toBe(counts.reduce((total, count) => total + count, 0));
      }),
    );
  });
});

describe('the position behind a page', () => {
  const record = (listPrice: string, billType: 'expenditure' | 'refund' = 'expenditure') => ({
    billType,
    listPrice: parseMoney(listPrice),
  });
  const customers: FrozenCustomer[] = [
    { customerId: 'cus_1', count: 2, expenditure: parseMoney('10'), refund: parseMoney('-3'), adjustment: ZERO },
    customer('cus_2', 0),
  ];
  const both = [record('10'), record('-3', 'refund')];

  it('FIN-14: behind the last record of a customer whose lines are those of its closed month, the next one begins', () => {
    expect(positionBehind(customers, START, { customer: 0, records: both, last: true })).toEqual({
      customer: 1,
      read: NOTHING,
    });
  });

  it('FIN-14: in the middle of a customer, what was read is remembered', () => {
    const startKey = { pk: 'somewhere' };
    const half = positionBehind(customers, START, {
      customer: 0,
      records: [record('10')],
      last: false,
      next: { startKey },
    });
    expect(half).toEqual({ customer: 0, startKey, read: { ...NOTHING, count: 1, expenditure: parseMoney('10') } });
    const end = { customer: 0, records: [record('-3', 'refund')], last: true };
    expect(positionBehind(customers, half, end)).toMatchObject({ customer: 1 });
  });

  it.each([
    ['a record less', [record('10')]],
    ['a record more', [...both, record('0')]],
    ['another amount', [record('10.000000000001'), record('-3', 'refund')]],
    ['another bill type', [record('10'), record('-3')]],
  ])('FIN-14: %s is not what was frozen', (_what, records) => {
    expect(() => positionBehind(customers, START, { customer: 0, records, last: true })).toThrow(CannotBill);
  });
});
