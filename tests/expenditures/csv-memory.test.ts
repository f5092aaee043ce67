import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type CsvRecord, csvRecords } from '#lib/expenditures/csv-records.ts';

// Not beside its file: those tests share a process, and this one measures the memory of its own.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const FLAT = 10_000_000;

/** Bytes of buffers that are still held. Freed ones are swept by another thread, which may be late: what is not held goes in the end. */
async function held(before: number): Promise<number> {
  let bytes = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 200 && bytes >= FLAT; tries += 1) {
    if (tries > 0) await pause(50);
    collectGarbage();
    bytes = process.memoryUsage().arrayBuffers - before;
  }
  return bytes;
}

it.each([
  ['without line ends', 'x'.repeat(1_000)],
  ['with line ends', `${'x'.repeat(999)}\n`],
])(
  'CUS-096: a quoted field of 50 MB %s is given up in flat memory',
  async (_what, piece) => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* file(): AsyncGenerator<Buffer> {
      yield Buffer.from('a,b\n1,"');
      for (let i = 0; i < 50_000; i += 1) {
        if (i % 10_000 === 9_999) most = Math.max(most, await held(before));
        yield Buffer.from(piece);
      }
      yield Buffer.from('"\n2,3\n4,5\n');
    }
    let last: CsvRecord[] = [];
    for await (const record of csvRecords(file(), { offset: 0, line: 1 }, () => false)) {
      last = [...last.slice(-1), record];
    }
    expect(last).toMatchObject([{ text: '2,3' }, { text: '4,5' }]);
    expect(most).toBeLessThan(FLAT);
  },
  120_000,
);
