import { describe, expect, it } from 'vitest';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { type Limits, limitsOf, type Meter, mustBeRead, noteReading } from './meter.ts';
import { LIST_PRICE, lineUsages } from './plan.ts';
import type { Usage } from './usage.ts';

const month = '2024-09' as BillingMonth;
const ECS = '["ecs","Hour"]';
const money = (text: string): Money => parseMoney(text);
const usage = (amount: string, hours?: string): Usage => ({
  amount: money(amount),
  products: new Map(hours === undefined ? [] : [[ECS, money(hours)]]),
});
const line = (expected: string, metric = LIST_PRICE) => ({
  metric,
  unit: metric === LIST_PRICE ? 'USD' : 'Hour',
  expectedQuantity: money(expected),
});

describe('the limits up to which nothing new is to be said', () => {
  const ofBudget = (raised: readonly (75 | 90 | 100)[], period = month) =>
    limitsOf({ budget: money('100.00'), standing: { period, told: [], raised } }, [], month).amount;

  it('CUS-105: the next threshold of the budget; none after the last; all of them in a new month', () => {
    expect(ofBudget([])).toBe(money('75'));
    expect(ofBudget([75])).toBe(money('90'));
    expect(ofBudget([75, 90])).toBe(money('100'));
    expect(ofBudget([75, 90, 100])).toBeUndefined();
    expect(ofBudget([75, 90, 100], '2024-08' as BillingMonth)).toBe(money('75'));
    expect(limitsOf({}, [], month)).toEqual({ amount: undefined, products: new Map() });
  });

  it.each([
    ['0', '75'],
    ['74.999999999999', '75'],
    ['75', '100.000000000001'],
    ['100', '100.000000000001'],
    ['100.000000000001', undefined],
  ])('CUS-236: of a line of 100 with %s used it is %s', (used, limit) => {
    const limits = limitsOf({}, lineUsages({ lines: [line('100'), line('100', 'ecs')] }, usage(used, used)), month);
    const expected = limit === undefined ? undefined : money(limit);
    expect(limits.amount).toBe(expected);
    expect(limits.products.get(ECS)).toBe(expected);
  });

  it('CUS-103: a percentage that falls between two amounts is reached by the upper one', () => {
    const smallest = '0.000000000001';
    expect(limitsOf({ budget: money(smallest) }, [], month).amount).toBe(money(smallest));
  });

  it('CUS-236: budget and plan together, the lower one', () => {
    const lines = lineUsages({ lines: [line('10')] }, usage('0'));
    expect(limitsOf({ budget: money('100.00') }, lines, month).amount).toBe(money('7.5'));
  });
});

describe('whether a group must be read whole', () => {
  const group = { version: 3, moves: 7 };
  const limits: Limits = { amount: money('75'), products: new Map([[ECS, money('10')]]) };
  const meter = (bound: Usage, basis = '3#7'): Meter => ({ bound, read: { basis, limits, readings: 1 } });

  it.each([
    ['below both limits', meter(usage('74.999999999999', '9.999999999999')), false],
    ['at the amount', meter(usage('75')), true],
    ['at the quantity', meter(usage('0', '10')), true],
    ['with other settings', meter(usage('0'), '2#7'), true],
    ['with other members', meter(usage('0'), '3#6'), true],
    ['never read', { bound: usage('0') }, true],
  ])('CUS-262: %s', (_name, which, expected) => {
    expect(mustBeRead(which, group)).toBe(expected);
  });
});

describe('what a reading leaves behind', () => {
  const group = { version: 1, moves: 0, budget: money('100.00') };
  const plan = { lines: [line('100', 'ecs')] };

  it('CUS-262: the difference to the bound of before, so that what was added meanwhile stays', () => {
    const noted = noteReading({ bound: usage('50', '5') }, { group, plan, usage: usage('30', '8') }, month);
    expect(noted?.change).toEqual(usage('-20', '3'));
    expect(noted?.reading).toMatchObject({ basis: '1#0', readings: 1 });
  });

  it('CUS-265: nothing when all is known', () => {
    const facts = { group, plan, usage: usage('30', '8') };
    const first = noteReading({ bound: usage('0') }, facts, month);
    const known = { bound: facts.usage, read: first?.reading };
    expect(noteReading(known, facts, month)).toBeUndefined();
    expect(noteReading({ ...known, bound: usage('31', '8') }, facts, month)?.change.amount).toBe(money('-1'));
    expect(noteReading(known, { ...facts, group: { ...group, version: 2 } }, month)).toBeDefined();
  });
});
