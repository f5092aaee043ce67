import type { Draft } from '#lib/invoices/invoice.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { inParallel, milliseconds, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/**
 * Ten thousand invoices by eight workers: each puts a draft and asks for numbers, as its consumer would. Then how many documents one
 * process makes. `node bench/invoices.ts 200` tries it small.
 */
const INVOICES = Number(process.argv[2] ?? 10_000);
const WORKERS = 8;
const DOCUMENTS = Math.min(200, INVOICES);

const engines = await benchStack();
const { asSystem } = await import('../tests/support/builders.ts');
const { numberInvoices } = await import('#lib/invoices/index.ts');
const { listInvoices } = await import('#lib/invoices/invoice-store.ts');
const { putDraft } = await import('#lib/invoices/draft-store.ts');
const { contentOf } = await import('#lib/invoices/content-of.ts');
const { toPdf } = await import('#lib/invoices/document/pdf.ts');
const { toUbl } = await import('#lib/invoices/document/ubl.ts');
const { parseMoney, ZERO } = await import('#lib/shared/money.ts');
const { transact } = await import('#lib/shared/transaction.ts');

const draft = (i: number, now: Instant): Draft => ({
  draftId: `drf_${String(i).padStart(6, '0')}`,
  partnerId: 'par_bench',
  content: 'Top-up',
  cycle: '2024-07' as BillingMonth,
  currency: 'USD',
  amount: parseMoney('100'),
  issuer: {
    entityId: 'CSER',
    legalName: 'Cloud Vendor International Pte. Ltd.',
    address: { street: '15 Marina Boulevard', city: 'Singapore', country: 'SG' },
    taxId: 'T-1',
    taxIdLabel: 'GST',
  },
  recipient: { companyName: 'Müller & Söhne', country: 'SG' },
  withheld: ZERO,
  language: 'en',
  createdAt: now,
});

const ms = await milliseconds(() =>
  inParallel(INVOICES, WORKERS, (i) =>
    asSystem(async (now) => {
      await transact({ aside: true, writes: [putDraft(draft(i, now))] });
      await numberInvoices('CSER', now);
    }),
  ),
);

const numbers = new Set<number>();
let largest = 0;
const [sample] = (await listInvoices('par_bench', {}, { limit: 1 })).invoices;
for (let startKey: Record<string, unknown> | undefined, more = true; more; more = startKey !== undefined) {
  const page = await listInvoices('par_bench', {}, { limit: 500, startKey });
  for (const { invoiceNo } of page.invoices) {
    const number = Number(invoiceNo.slice(6));
    numbers.add(number);
    largest = Math.max(largest, number);
  }
  startKey = page.nextKey;
}
print({
  figure: 'invoices numbered by eight workers at once',
  value: Math.round(INVOICES / (ms / 60_000)),
  unit: 'invoices a minute',
  target: `${INVOICES} numbers, none twice, none left out`,
  met: numbers.size === INVOICES && largest === INVOICES,
  detail: { seconds: rounded(ms / 1000), numbers: numbers.size, largest },
});

if (!sample) throw new Error('no invoice');
const content = await contentOf(sample);
await toPdf(content, toUbl(content)); // fonts are read
const made = await milliseconds(async () => {
  for (let i = 0; i < DOCUMENTS; i += 1) {
    await toPdf(content, toUbl(content));
  }
});
print({
  figure: 'documents made by one process, PDF and e-invoice',
  value: Math.round(DOCUMENTS / (made / 60_000)),
  unit: 'invoices a minute',
  detail: { megabytes: Math.round(process.memoryUsage().rss / 1_048_576) },
});
await engines.stop();
