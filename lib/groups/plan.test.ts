import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { LIST_PRICE, lineState, lineUsages, type PlanLine, requirePlanLines, worstOf } from './plan.ts';
import { addUsage, NO_USAGE } from './usage.ts';

const line = (expected: string, metric = LIST_PRICE, unit = 'USD'): PlanLine => ({
  metric,
  unit,
  expectedQuantity: parseMoney(expected),
});

describe('lineState', () => {
  it.each([
    ['0', 'within'],
    ['74.999999999999', 'within'],
    ['75', 'approaching'],
    ['100', 'approaching'],
    ['100.000000000001', 'exceeded'],
  ])('CUS-236: %s of 100 is %s', (used, state) => {
    expect(lineState(parseMoney(used), parseMoney('100'))).toBe(state);
  });
});

it('CUS-236: the worst line is that of the group', () => {
  const lines = [line('100'), line('10', 'ecs', 'Hour')];
  const usage = { amount: parseMoney('80'), products: new Map([['["ecs","Hour"]', parseMoney('11')]]) };
  const found = lineUsages({ lines }, usage);
  expect(found.map(({ state }) => state)).toEqual(['approaching', 'exceeded']);
  expect(worstOf(found)).toBe('exceeded');
  expect(worstOf(found.slice(0, 1))).toBe('approaching');
  expect(worstOf([])).toBe('within');
});

it('CUS-234: usage is added exactly, product by product', () => {
  const one = { amount: parseMoney('0.000000000001'), products: new Map([['a', parseMoney('1')]]) };
  const other = {
    amount: parseMoney('1'),
    products: new Map([
      ['a', parseMoney('2')],
      ['b', parseMoney('3')],
    ]),
  };
  expect([NO_USAGE, one, other].reduce(addUsage)).toEqual({
    amount: parseMoney('1.000000000001'),
    products: new Map([
      ['a', parseMoney('3')],
      ['b', parseMoney('3')],
    ]),
  });
});

describe('requirePlanLines', () => {
  it.each([
    ['quantity 0', [line('0')]],
    ['a negative quantity', [line('-1')]],
    ['list price twice', [line('1'), line('1', LIST_PRICE, 'EUR')]],
    ['a product and unit twice', [line('1', 'ecs', 'Hour'), line('2', 'ecs', 'Hour')]],
  ])('CUS-233: refuses %s', (_what, lines) => {
    expect(() => requirePlanLines(lines)).toThrow('PLAN_LINE_INVALID');
  });

  it('CUS-233: takes one product in two units', () => {
    expect(() => requirePlanLines([line('1', 'ecs', 'Hour'), line('1', 'ecs', 'GB')])).not.toThrow();
  });
});
