import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { chartOf } from './chart.ts';

const size = { width: 600, height: 200 };
const months = (...amounts: (string | undefined)[]) =>
  amounts.map((amount, i) => ({
    cycle: `2024-${String(i + 1).padStart(2, '0')}` as never,
    amount: amount === undefined ? undefined : parseMoney(amount),
  }));

it('FIN-44: a negative month hangs below the line of zero, a positive one stands on it', () => {
  const { bars, zero, ticks } = chartOf(months('100', '-50'), size);
  const [up, down] = bars;
  expect(up && up.y + up.height).toBeCloseTo(zero);
  expect(down?.y).toBeCloseTo(zero);
  expect([up?.negative, down?.negative]).toEqual([false, true]);
  expect((up?.height ?? 0) / (down?.height ?? 1)).toBeCloseTo(2);
  expect(ticks.map(({ amount }) => amount)).toEqual(['-50', '0', '50', '100'].map(parseMoney));
});

it('FIN-46: months without a bill, or of 0.00, have no height and divide nothing by zero', () => {
  const { bars, ticks } = chartOf(months(undefined, '0', '-0.004'), size);
  expect(bars.map(({ missing }) => missing)).toEqual([true, false, false]);
  expect(bars[1]?.height).toBe(0);
  expect(bars[2]?.height).toBeGreaterThan(0);
  expect(chartOf(months('0'), size).ticks.map(({ amount }) => amount)).toEqual(['0', '1'].map(parseMoney));
  expect(ticks.length).toBeLessThan(7);
});

it('FIN-41: whatever the amounts, every bar lies inside the picture and its height is its share', () => {
  const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  fc.assert(
    fc.property(fc.array(fc.option(amount, { nil: undefined }), { minLength: 1, maxLength: 12 }), (amounts) => {
      const input = amounts.map((each) => ({ cycle: '2024-01' as never, amount: each as Money | undefined }));
      const { bars, ticks } = chartOf(input, size);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(7);
      for (const { x, y, width, height } of bars) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(size.width);
        expect(y).toBeGreaterThanOrEqual(-0.01);
        expect(y + height).toBeLessThanOrEqual(size.height + 0.01);
      }
    }),
  );
});
