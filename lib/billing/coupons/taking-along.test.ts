import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import type { Allocation } from './allocation.ts';
import { takingAlong } from './taking-along.ts';

const at = (hour: number): Instant => instant(`2024-07-01T${String(hour).padStart(2, '0')}:00:00Z`);
const record = (recordId: string, hour: number) => ({ recordId, transactionTime: at(hour) });
const allocation = (recordId: string, hour: number, place = `${at(hour)}#${recordId}`): Allocation => ({
  part: 1,
  recordId,
  place,
  uses: [{ couponId: recordId, kind: 'cash', amount: parseMoney('1') }],
});

/** What each record of each batch is found to have taken, and how many allocations were read for it. */
async function taken(allocations: readonly Allocation[], batches: readonly (readonly ReturnType<typeof record>[])[]) {
  let read = 0;
  const from: Instant[] = [];
  const takingFor = takingAlong(async function* (time) {
    from.push(time);
    for (const each of allocations.filter(({ place }) => place >= time)) {
      read += 1;
      yield each;
    }
  });
  const found: string[] = [];
  for (const batch of batches) {
    const usesOf = await takingFor(batch);
    found.push(...batch.flatMap((each) => usesOf(each).map(({ couponId }) => couponId)));
  }
  return { found, read, from };
}

describe('what coupons took of the lines of a large customer', () => {
  it('FIN-166: is read along with its records, each allocation once', async () => {
    const allocations = [allocation('a', 1), allocation('c', 2), allocation('d', 2), allocation('f', 4)];
    const batches = [
      [record('a', 1), record('b', 1)],
      [record('c', 2)],
      [record('d', 2), record('e', 3)],
      [record('f', 4)],
    ];
    expect(await taken(allocations, batches)).toEqual({ found: ['a', 'c', 'd', 'f'], read: 4, from: [at(1)] });
  });

  it('FIN-166: is read from the time of the first record on, and not beyond what the records need', async () => {
    const allocations = [allocation('a', 1), allocation('b', 2), allocation('c', 3), allocation('d', 4)];
    expect(await taken(allocations, [[record('b', 2)]])).toEqual({ found: ['b'], read: 2, from: [at(2)] });
  });

  it('FIN-185: is found for a refund whose place lies behind its original of the same time', async () => {
    const allocations = [allocation('b', 1), allocation('a', 1, `${at(1)}#b#a`)];
    expect((await taken(allocations, [[record('a', 1)], [record('b', 1)]])).found).toEqual(['a', 'b']);
  });

  it('FIN-52: is nothing for records that coupons had nothing to do with, nor for none at all', async () => {
    expect((await taken([allocation('a', 1)], [[], [record('b', 5)], [record('c', 6)]])).found).toEqual([]);
  });
});
