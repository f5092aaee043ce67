import { fork } from 'node:child_process';
import { inParallel, print, rounded } from './figures.ts';
import { benchStack, freshTables } from './stack.ts';

/**
 * The bill run of one partner over only reading the same records through the same index; each size in a process of its own, so that the
 * peak of its memory is its own.
 */
const SIZES = process.argv[2] ? [Number(process.argv[2])] : [1_000, 10_000, 100_000];
const CUSTOMERS = 10;
const BATCH = 500;

const engines = await benchStack();
const { setTaxRule } = await import('#lib/billing/index.ts');
const { ingest } = await import('#lib/expenditures/index.ts');
const { parseMoney } = await import('#lib/shared/money.ts');
const { replaceClock } = await import('#lib/shared/clock.ts');
const { aCustomer, aPartner, asSystem } = await import('../tests/support/builders.ts');
const { usageOf } = await import('./usage.ts');

interface Measured {
  readonly reading: number;
  readonly running: number;
  readonly peakMegabytes: number;
}

async function measure(size: number): Promise<Measured> {
  await freshTables(`bench${size}`); // a run covers all partners of its stage
  replaceClock(() => Date.UTC(2024, 7, 31));
  const partner = await aPartner();
  const components = [{ code: 'VAT', rate: parseMoney('0.09') }];
  await asSystem((now) => setTaxRule({ countryRegion: 'SG', components, effectiveFrom: now }, 'Benchmark', now));
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => aCustomer({ of: partner })));
  replaceClock(() => Date.UTC(2024, 8, 30));
  await inParallel(Math.ceil(size / BATCH), 2, async (batch) => {
    const count = Math.min(BATCH, size - batch * BATCH);
    const deliveries = Array.from({ length: count }, (_, i) => usageOf(customers, batch * BATCH + i, `b${size}`));
    await asSystem((now) => ingest(deliveries, now));
  });
  const child = fork(
    new URL('bill-run-worker.ts', import.meta.url),
    [partner.partnerId, String(size), ...customers.map(({ customerId }) => customerId)],
    // Lambda bounds the heap of a function by its memory; without a bound even reading alone lets V8 grow past 300 MB.
    { execArgv: ['--max-old-space-size=128', '--max-semi-space-size=8'] },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Measured));
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

const results = new Map<number, Measured>();
for (const size of SIZES) {
  const measured = await measure(size);
  results.set(size, measured);
  const ratio = rounded(measured.running / measured.reading);
  print({
    figure: `bill run of ${size} records over only reading them`,
    value: ratio,
    unit: 'ratio',
    target: '<= 1.5',
    met: ratio <= 1.5,
  });
  print({
    figure: `bill run of ${size} records, peak memory of the process`,
    value: measured.peakMegabytes,
    unit: 'MB',
    target: '<= 256',
    met: measured.peakMegabytes <= 256,
  });
}
const [ten, hundred] = [results.get(10_000), results.get(100_000)];
if (ten && hundred) {
  const growth = rounded(hundred.running / ten.running);
  print({
    figure: 'bill run, time for 10 x the records',
    value: growth,
    unit: 'ratio',
    target: '<= 11',
    met: growth <= 11,
  });
}
await engines.stop();
