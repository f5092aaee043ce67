import { fork } from 'node:child_process';
import { billInSql } from './bill-in-sql.ts';
import { inParallel, print, rounded } from './figures.ts';
import { startPostgreSql } from './postgresql.ts';
import { benchStack, freshTables } from './stack.ts';

/**
 * The bill run of one partner, with discount, tax and ledger, over only reading the same records through the same index; each size in a
 * process of its own, so that the peak of its memory is its own. The largest once more with coupons, and the same bill as one statement
 * in PostgreSQL over the same records.
 */
const SIZES = process.argv[2] ? [Number(process.argv[2])] : [1_000, 10_000, 100_000];
const CUSTOMERS = 10;
const BATCH = 500;
const COUPON = '100.00';

const engines = await benchStack();
const { setDiscount, setTaxRule } = await import('#lib/billing/index.ts');
const { issueCoupon } = await import('#lib/coupons/index.ts');
const { ingest } = await import('#lib/expenditures/index.ts');
const { parseMoney } = await import('#lib/shared/money.ts');
const { instant } = await import('#lib/shared/time.ts');
const { replaceClock } = await import('#lib/shared/clock.ts');
const { aCustomer, aPartner, asSystem } = await import('../tests/support/builders.ts');
const { usageOf } = await import('./usage.ts');

interface Measured {
  readonly reading: number;
  readonly running: number;
  readonly peakMegabytes: number;
  /** Exact amount of the bill. */
  readonly exact: string;
}

type Partner = Awaited<ReturnType<typeof aPartner>>;
const YEAR = { effectiveAt: instant('2024-01-01T00:00:00+08:00'), expiresAt: instant('2024-12-31T23:59:59+08:00') };

async function agree({ partner, partnerId }: Partner, coupons: readonly string[]): Promise<void> {
  const items = [{ kind: 'percentage', settlementClass: 'common', discount: parseMoney('0.25') } as const];
  await asSystem((now) => setDiscount(partner, { type: 'partner-level', items, ...YEAR }, 'Benchmark', now));
  for (const faceValue of coupons) {
    const wish = {
      partnerId,
      name: 'Benchmark',
      kind: 'cash',
      source: 'program',
      faceValue: parseMoney(faceValue),
      productScope: { mode: 'exclude', codes: [] },
      billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
      multiUse: true,
      excludeMarketplace: false,
      ...YEAR,
    } as const;
    await asSystem((now) => issueCoupon(wish, { reason: 'Benchmark' }, now));
  }
}

/** In an empty table, because a run covers all partners of its stage. @returns what was measured, and the records as delivered */
async function measure(size: number, coupons: readonly string[] = []) {
  await freshTables(`bench${size}c${coupons.length}`);
  replaceClock(() => Date.UTC(2024, 7, 31));
  const partner = await aPartner();
  const components = [{ code: 'VAT', rate: parseMoney('0.09') }];
  await asSystem((now) => setTaxRule({ countryRegion: 'SG', components, effectiveFrom: now }, 'Benchmark', now));
  await agree(partner, coupons);
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => aCustomer({ of: partner })));
  const deliveryOf = (index: number) => usageOf(customers, index, `b${size}`);
  replaceClock(() => Date.UTC(2024, 8, 30));
  await inParallel(Math.ceil(size / BATCH), 2, async (batch) => {
    const count = Math.min(BATCH, size - batch * BATCH);
    const deliveries = Array.from({ length: count }, (_, i) => deliveryOf(batch * BATCH + i));
    await asSystem((now) => ingest(deliveries, now));
  });
  const child = fork(
    new URL('bill-run-worker.ts', import.meta.url),
    [partner.partnerId, String(size), ...customers.map(({ customerId }) => customerId)],
    // Lambda bounds the heap of a function by its memory; without a bound even reading alone lets V8 grow past 300 MB.
    { execArgv: ['--max-old-space-size=128', '--max-semi-space-size=8'] },
  );
  const measured = await new Promise<Measured>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Measured));
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return { measured, deliveryOf };
}

const results = new Map<number, Measured>();
for (const size of SIZES) {
  const { measured } = await measure(size);
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
await withCoupons(SIZES.at(-1) ?? 1_000);
await engines.stop();

async function withCoupons(size: number): Promise<void> {
  const { measured, deliveryOf } = await measure(size, [COUPON]);
  print({
    figure: `bill run of ${size} records with coupons over only reading them`,
    value: rounded(measured.running / measured.reading),
    unit: 'ratio',
  });
  print({
    figure: `bill run of ${size} records with coupons, peak memory of the process`,
    value: measured.peakMegabytes,
    unit: 'MB',
    target: '<= 256',
    met: measured.peakMegabytes <= 256,
  });
  const server = startPostgreSql();
  if (!server) return console.error('PostgreSQL is not installed here: no comparison with it');
  try {
    const inSql = await billInSql(
      server,
      Array.from({ length: size }, (_, i) => deliveryOf(i)),
      [COUPON],
    );
    if (parseMoney(inSql.exact) !== parseMoney(measured.exact)) {
      throw new Error(`the bill is ${measured.exact}, in SQL ${inSql.exact}`);
    }
    const ratio = rounded(measured.running / inSql.milliseconds);
    print({
      figure: `bill run of ${size} records with coupons over one SQL statement in PostgreSQL`,
      value: ratio,
      unit: 'ratio',
      target: '<= 1.0',
      met: ratio <= 1,
      detail: { reading: rounded(measured.reading / inSql.milliseconds) },
    });
  } finally {
    server.stop();
  }
}
