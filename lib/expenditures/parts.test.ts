import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BillingMonth } from '#lib/shared/time.ts';
import { type Countable, wavesOf } from './parts.ts';

/** Only what the cutting looks at; the rest of a charge does not matter to it. */
const countable = (recordId: string, customerId: string, month: string, since = '2024-01-01'): Countable =>
  ({
    charge: { recordId, customerId },
    association: { partnerId: 'par_1', type: 'reseller', since },
    month: month as BillingMonth,
  }) as Countable;

const many = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 0, max: 12 }),
      month: fc.constantFrom('2024-08', '2024-09'),
      since: fc.constantFrom('a', 'b'),
    }),
    {
      maxLength: 700,
    },
  )
  .map((all) => all.map(({ customer, month, since }, i) => countable(`r${i}`, `cus_${customer}`, month, since)));

describe('wavesOf', () => {
  it('CUS-096: every charge lies in exactly one part', () => {
    fc.assert(
      fc.property(many, (charges) => {
        const ids = wavesOf(charges)
          .flat(2)
          .flatMap((part) => part.charges.map(({ charge }) => charge.recordId));
        expect(ids.sort()).toEqual(charges.map(({ charge }) => charge.recordId).sort());
      }),
    );
  });

  it('CUS-096: a transaction stays within 100 items, a wave touches no customer twice', () => {
    fc.assert(
      fc.property(many, (charges) => {
        for (const wave of wavesOf(charges)) {
          for (const parts of wave) {
            // records, two months, the check of a marker and the event of each part
            expect(parts.reduce((items, part) => items + part.charges.length + 4, 0)).toBeLessThanOrEqual(100);
          }
          const customers = wave.flat().map(({ owner }) => owner.customerId);
          expect(new Set(customers).size).toBe(customers.length);
        }
      }),
    );
  });

  it('CUS-096: a part holds one customer, month and association', () => {
    const parts = wavesOf([
      countable('r1', 'cus_1', '2024-09'),
      countable('r2', 'cus_1', '2024-08'),
      countable('r3', 'cus_1', '2024-09', '2024-09-10'),
      countable('r4', 'cus_2', '2024-09'),
      countable('r5', 'cus_1', '2024-09'),
    ]);
    const ids = parts.map((wave) =>
      wave.map((transaction) => transaction.map((part) => part.charges.map(({ charge }) => charge.recordId))),
    );
    expect(ids).toEqual([[[['r1', 'r5'], ['r4']]], [[['r2']]], [[['r3']]]]);
  });

  it('CUS-096: nothing to count is no wave; 91 records of a customer are two', () => {
    expect(wavesOf([])).toEqual([]);
    expect(wavesOf(Array.from({ length: 91 }, (_, i) => countable(`r${i}`, 'cus_1', '2024-09')))).toHaveLength(2);
  });
});
