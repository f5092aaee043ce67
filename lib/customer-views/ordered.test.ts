import { describe, expect, it } from 'vitest';
import type { CustomerRank } from '#lib/customers/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { figureOf, stretchOf } from './ordered.ts';

const place = (sort: string) => ({ customerId: `cus-${sort}`, sort });
const places = ['b', 'd', 'a', 'c'].map(place);

describe('a list put in order for an answer', () => {
  it.each([
    [false, ['a', 'b', 'c', 'd']],
    [true, ['d', 'c', 'b', 'a']],
  ])('CUS-246: pages of every size give each place once (descending %s)', (descending, expected) => {
    for (const limit of [1, 2, 3, 4, 5]) {
      const seen: string[] = [];
      let from: { sort: string } | undefined;
      do {
        const { taken, next } = stretchOf(places, { from, limit, descending });
        expect(taken.length).toBeLessThanOrEqual(limit);
        seen.push(...taken.map(({ sort }) => sort));
        from = next;
      } while (from);
      expect(seen).toEqual(expected);
    }
  });

  it('CUS-246: who came or went between two pages moves nobody else', () => {
    const from = { sort: 'b' };
    const later = [...places.filter(({ sort }) => sort !== 'b'), place('a5')];
    expect(stretchOf(later, { from, limit: 9, descending: false }).taken.map(({ sort }) => sort)).toEqual(['c', 'd']);
  });

  it('CUS-246: nothing is behind an empty list', () => {
    expect(stretchOf([], { limit: 1, descending: true })).toEqual({ taken: [] });
  });
});

describe('the figure to order by', () => {
  const [august, september] = ['2024-08', '2024-09'] as BillingMonth[] as [BillingMonth, BillingMonth];
  const rank = {
    monthToDate: { among: august, value: '7' },
    budgetUsage: { among: 'one-time', value: '9' },
  } as CustomerRank;

  it('CUS-252: of another month it is none; a one-time budget knows no month', () => {
    expect(figureOf(rank, 'month-to-date', august)).toBe('7');
    expect(figureOf(rank, 'month-to-date', september)).toBe('');
    expect(figureOf(rank, 'budget-usage', september)).toBe('9');
    expect(figureOf(undefined, 'budget-usage', september)).toBe('');
  });
});
