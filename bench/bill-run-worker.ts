import { recordsPage } from '#lib/expenditures/index.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import { replaceClock } from '#lib/shared/clock.ts';
import { exactText } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { loadFunctionsOf } from '../infra/local/functions.ts';
import { createPump } from '../infra/local/pump.ts';
import { milliseconds, rounded } from './figures.ts';

const [partnerId = '', size = '', ...customerIds] = process.argv.slice(2);
const CYCLE = '2024-09' as BillingMonth;
const DUE_AT = instant('2024-10-05T02:00:00+08:00');
replaceClock(() => Date.parse(DUE_AT));

/** Reads every record the way the run does, and nothing else. */
async function readOnly(): Promise<number> {
  let count = 0;
  for (const customerId of customerIds) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await recordsPage({ partnerId, customerId, cycle: CYCLE, startKey, limit: 1_000 });
      count += page.records.length;
      startKey = page.nextKey;
    } while (startKey);
  }
  return count;
}

// Consumers alone: with every operation loaded, code takes more of the bounded heap than any function does.
const functions = (await loadFunctionsOf('consumer')).filter(({ area }) => area === 'billing');
const pump = createPump(functions, { redeliverAtOnce: true, batchesAtOnce: 2 });
const { startRun } = await import('#lib/billing/index.ts');
const { loadBill } = await import('../lib/billing/bill-store.ts');
await readOnly(); // warm connections and code
const reading = await milliseconds(async () => {
  const count = await readOnly();
  if (count !== Number(size)) throw new Error(`${count} of ${size} records were read`);
});
const asSystem = <T>(work: () => Promise<T>): Promise<T> =>
  inCall({ operation: 'bench', requestId: 'bench', now: DUE_AT, actor: SYSTEM }, work);
const running = await milliseconds(async () => {
  await asSystem(() => startRun(CYCLE, SYSTEM.id, DUE_AT));
  await pump.drain();
});
const bill = await loadBill(partnerId, CYCLE);
if (bill?.lineCount !== Number(size)) throw new Error(`the bill has ${bill?.lineCount} lines`);
const exact = exactText(bill.billAmountExact, 8);
process.send?.({ reading, running, exact, peakMegabytes: rounded(process.resourceUsage().maxRSS / 1024, 0) });
await pump.stop();
process.exit(0);
