import { beforeAll, expect, it } from 'vitest';
import { putDraft } from '#lib/invoices/draft-store.ts';
import { numberInvoices } from '#lib/invoices/index.ts';
import type { Draft } from '#lib/invoices/invoice.ts';
import { listInvoices } from '#lib/invoices/invoice-store.ts';
import { ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant, plus } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { endFaults } from '../support/faults.ts';
import { asSystem, clock, crashAtWrite, useStack } from '../support/index.ts';

useStack();

beforeAll(() => clock.set('2024-08-05T03:00:00+08:00'));

/** A draft that waits, of a partner of its own per entity. */
const aDraft = (entityId: string, i: number): Draft => ({
  draftId: `drf_${String(i).padStart(6, '0')}`,
  partnerId: `par_${entityId}`,
  content: 'Top-up',
  cycle: '2024-07' as BillingMonth,
  currency: 'USD',
  amount: ZERO,
  issuer: {
    entityId,
    legalName: 'Vendor',
    address: { street: 's', city: 'c', country: 'SG' },
    taxId: '1',
    taxIdLabel: 'VAT',
  },
  recipient: { companyName: 'Partner', country: 'SG' },
  withheld: ZERO,
  language: 'en',
  createdAt: instant('2024-08-05T03:00:00+08:00'),
});

async function drafts(entityId: string, count: number, first = 0): Promise<void> {
  const all = Array.from({ length: count }, (_, i) => putDraft(aDraft(entityId, first + i)));
  await asSystem(async () => {
    for (let start = 0; start < all.length; start += 90) await transact({ writes: all.slice(start, start + 90) });
  });
}

async function numbersOf(entityId: string): Promise<string[]> {
  const numbers: string[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listInvoices(`par_${entityId}`, {}, { limit: 100, startKey });
    numbers.push(...page.invoices.map(({ invoiceNo }) => invoiceNo));
    startKey = page.nextKey;
  } while (startKey);
  return numbers.sort();
}

const expected = (entityId: string, year: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => `${entityId}${year}${String(first + i).padStart(6, '0')}`);

const work = (entityId: string) => asSystem((now) => numberInvoices(entityId, now));

it('FIN-110, FIN-113: eight workers at once give 400 invoices 400 numbers, none twice and none left out', async () => {
  await drafts('CSER', 400);
  const given = await Promise.all(Array.from({ length: 8 }, () => work('CSER')));

  expect(given.reduce((total, each) => total + each, 0)).toBe(400);
  expect(await numbersOf('CSER')).toEqual(expected('CSER', '24', 1, 400));
}, 120_000);

it('FIN-110: a crash before or after a batch of numbers leaves no gap', async () => {
  await drafts('CRSH', 70);
  for (const when of ['before', 'after'] as const) {
    for (let write = 1; write <= 4; write += 1) {
      crashAtWrite(write, when);
      await work('CRSH').catch(() => undefined);
      endFaults();
      clock.set(plus(clock.now(), { seconds: 120 })); // the message comes again when the dead worker holds the series no more
    }
  }
  await work('CRSH');

  expect(await numbersOf('CRSH')).toEqual(expected('CRSH', '24', 1, 70));
});

it('FIN-113: every entity counts by itself, and anew each year', async () => {
  await drafts('ONE', 2);
  await drafts('TWO', 1);
  await Promise.all([work('ONE'), work('TWO')]);
  clock.set('2024-12-31T23:59:59+08:00');
  await drafts('ONE', 1, 10);
  await work('ONE');
  clock.set('2025-01-01T00:00:00+08:00');
  await drafts('ONE', 1, 20);
  await work('ONE');
  clock.set('2024-08-05T03:00:00+08:00');

  expect(await numbersOf('ONE')).toEqual([...expected('ONE', '24', 1, 3), 'ONE25000001']);
  expect(await numbersOf('TWO')).toEqual(['TWO24000001']);
});

it('FIN-110: a worker whose clock is behind does not date a later number earlier', async () => {
  await drafts('LATE', 1);
  clock.set('2024-08-06T00:00:00+08:00');
  await work('LATE');
  clock.set('2024-08-05T23:59:59+08:00');
  await drafts('LATE', 1, 5);
  await work('LATE');
  clock.set('2024-08-05T03:00:00+08:00');

  const { invoices } = await listInvoices('par_LATE', {}, { limit: 10 });
  expect(invoices.map(({ issuedOn }) => issuedOn)).toEqual(['2024-08-06', '2024-08-06']);
});

it('FIN-110: nothing waits, nothing is taken', async () => {
  expect(await work('NONE')).toBe(0);
});
