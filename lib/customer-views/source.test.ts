import { expect, it } from 'vitest';
import type { Customer } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Position, type Source, walk } from './source.ts';

const customerNumber = (n: number): Customer => ({
  customerId: `cus_${n}`,
  accountId: `acc-${n}`,
  accountName: `account ${n}`,
  userType: 'enterprise',
  registeredAt: '2024-08-01T00:00:00.000Z' as Instant,
  control: { freezeLevel: 'none', payPerUseRestricted: false },
  version: 1,
});

/** Numbers 1 to `last`, and how often it was asked. */
function numbers(last: number) {
  const asked: number[] = [];
  const source: Source = async (from, limit) => {
    const first = Number(from?.n ?? 0) + 1;
    const end = Math.min(last, first + limit - 1);
    asked.push(Math.max(end - first + 1, 0));
    const entries = [];
    for (let n = first; n <= end; n += 1) entries.push({ customer: customerNumber(n), position: { n } });
    return { entries, read: entries.length, next: end < last ? { n: end } : undefined };
  };
  return { source, asked };
}

const every = (divisor: number) => async (customers: readonly Customer[]) =>
  new Set(customers.map(({ customerId }) => customerId).filter((id) => Number(id.slice(4)) % divisor === 0));

it('CUS-246: pages of every size give each match once, whatever the stretch', async () => {
  for (const limit of [1, 2, 3, 7]) {
    for (const chunk of [0, 1, 5, 50]) {
      const { source } = numbers(23);
      const ids: string[] = [];
      let from: Position | undefined;
      do {
        const page = await walk(source, every(3), { limit, from, chunk, readAtMost: 10 });
        expect(page.found.length).toBeLessThanOrEqual(limit);
        ids.push(...page.found.map(({ customerId }) => customerId));
        from = page.next;
      } while (from);
      expect(ids).toEqual(['cus_3', 'cus_6', 'cus_9', 'cus_12', 'cus_15', 'cus_18', 'cus_21']);
    }
  }
});

it('CUS-246: a call examines a bounded number, and an empty page with a cursor says that more may come', async () => {
  const { source, asked } = numbers(1_000);
  const page = await walk(source, every(999), { limit: 10, chunk: 100, readAtMost: 500 });
  expect(page).toEqual({ found: [], next: { n: 500 } });
  expect(asked).toEqual([100, 100, 100, 100, 100]);
});

it('CUS-246: an unfiltered page reads no more than it shows', async () => {
  const { source, asked } = numbers(1_000);
  expect((await walk(source, every(1), { limit: 50, chunk: 0, readAtMost: 500 })).next).toEqual({ n: 50 });
  expect(asked).toEqual([50]);
});
