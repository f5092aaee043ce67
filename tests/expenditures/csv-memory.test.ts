import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type CsvRecord, csvRecords } from '#lib/expenditures/csv-records.ts';

// Not beside its file: those tests share a process, and this one measures the memory of its own.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

it.each([
  ['without line ends', 'x'.repeat(1_000)],
  ['with line ends', `${'x'.repeat(999)}\n`],
])(
  'CUS-096: a quoted field of 50 MB %s is given up in flat memory',
  async (_what, piece) => {
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* file(): AsyncGenerator<Buffer> {
      yield Buffer.from('a,b\n1,"');
      for (let i = 0; i < 50_000; i += 1) {
        if (i % 5_000 === 4_999) {
          collectGarbage(); // what is still held, not what nobody has cleared away yet
          most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        }
        yield Buffer.from(piece);
      }
      yield Buffer.from('"\n2,3\n4,5\n');
    }
    let last: CsvRecord[] = [];
    for await (const record of csvRecords(file(), { offset: 0, line: 1 }, () => false)) {
      last = [...last.slice(-1), record];
    }
    expect(last).toMatchObject([{ text: '2,3' }, { text: '4,5' }]);
    expect(most).toBeLessThan(10_000_000);
  },
  60_000,
);
