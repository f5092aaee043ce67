import { describe, expect, it } from 'vitest';
import { planSummary } from './summary-plan.ts';

const counts = new Map([
  ['05', 10],
  ['00', 1],
  ['01', 20],
  ['02', 30],
]);
const stored = (days: Record<string, number>) =>
  new Map(Object.entries(days).map(([day, count]) => [day, { count, rows: [] }]));
const planned = (kept: Record<string, number>, atMost: number) => {
  const { known, runs } = planSummary(counts, stored(kept), atMost);
  return { known: [...known.keys()], runs };
};

describe('planSummary', () => {
  it('ORD-127: reads everything at once when nothing is stored', () => {
    expect(planned({}, 61)).toEqual({ known: [], runs: [{ first: '00', last: '05' }] });
  });

  it('ORD-127: a stored day is good while its count is that of the day', () => {
    expect(planned({ '01': 20, '02': 29 }, 100)).toEqual({
      known: ['01'],
      runs: [
        { first: '00', last: '00' },
        { first: '02', last: '05' },
      ],
    });
  });

  it('ORD-127: days beyond the bound are left out, smaller ones after them are not', () => {
    expect(planned({}, 60).runs).toEqual([{ first: '00', last: '02' }]);
    expect(planned({}, 50).runs).toEqual([
      { first: '00', last: '01' },
      { first: '05', last: '05' },
    ]);
    expect(planned({}, 0).runs).toEqual([]);
  });
});
