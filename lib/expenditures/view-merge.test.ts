import { describe, expect, it } from 'vitest';
import { aCharge } from '../../tests/billing/charges.ts';
import { mergedNewestFirst } from './view-merge.ts';

async function* streamOf(...times: string[]) {
  for (const at of times) yield aCharge({ at });
}

async function timesOf(...streams: string[][]): Promise<string[]> {
  const times: string[] = [];
  for await (const { transactionTime } of mergedNewestFirst(streams.map((each) => streamOf(...each))))
    times.push(transactionTime);
  return times;
}

const day = (number: number): string => `2024-07-0${number}T00:00:00.000Z`;

describe('mergedNewestFirst', () => {
  it('ORD-138, ORD-162: records under several partners come as one list, newest first', async () => {
    expect(await timesOf([day(6), day(3)], [day(5), day(4), day(1)], [])).toEqual([6, 5, 4, 3, 1].map(day));
    expect(await timesOf()).toEqual([]);
  });
});
