import { describe, expect, it } from 'vitest';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { allocatedPercent, availableOf, chargeOf, type Quota, requireRoom } from './quota.ts';

const money = (text: string): Money => parseMoney(text);
const of = (total: string, allocated: string) => ({
  total: money(total),
  allocated: money(allocated),
  room: (money(total) - money(allocated)) as Money,
});
const quota = (monthly: [string, string], oneTime: [string, string] = ['0', '0']): Quota => ({
  resellerId: 'par_1',
  monthly: of(...monthly),
  oneTime: of(...oneTime),
});
const budget = (type: 'monthly' | 'one-time', amount: string) => ({ type, amount: money(amount) });

describe('what a change charges', () => {
  it('CUS-087: the replaced budget is given back first', () => {
    expect(chargeOf(budget('monthly', '60'), budget('monthly', '75'))).toEqual({ monthly: money('15'), oneTime: 0n });
    expect(chargeOf(budget('monthly', '60'), budget('monthly', '20'))).toEqual({ monthly: money('-40'), oneTime: 0n });
  });

  it('CUS-077: another type is charged to the other quota and the old one given back', () => {
    expect(chargeOf(budget('monthly', '60'), budget('one-time', '75'))).toEqual({
      monthly: money('-60'),
      oneTime: money('75'),
    });
  });
});

describe('the check', () => {
  const charge = (monthly: string, oneTime = '0') => ({ monthly: money(monthly), oneTime: money(oneTime) });

  it('CUS-085: exactly what is left fits, a cent more does not', () => {
    expect(() => requireRoom(quota(['100', '90']), charge('10'))).not.toThrow();
    expect(() => requireRoom(quota(['100', '90']), charge('10.01'))).toThrow(
      expect.objectContaining({
        definition: expect.objectContaining({ code: 'QUOTA_EXCEEDED' }),
        details: { budgetType: 'monthly', total: '100.00', allocated: '90.00', available: '10.00' },
      }),
    );
  });

  it('CUS-088: over-allocated, lowering is allowed and raising refused', () => {
    expect(() => requireRoom(quota(['100', '150']), charge('-10'))).not.toThrow();
    expect(() => requireRoom(quota(['100', '150']), charge('0.01'))).toThrow('QUOTA_EXCEEDED');
  });

  it('CUS-085: each type has a quota of its own', () => {
    expect(() => requireRoom(quota(['100', '0'], ['5', '0']), charge('-60', '6'))).toThrow('QUOTA_EXCEEDED');
  });
});

describe('what is shown', () => {
  it('CUS-086: available is total less allocated', () => {
    expect(availableOf(of('100', '60'))).toBe(money('40'));
    expect(allocatedPercent(of('100', '60'))).toBe('60.00');
    expect(allocatedPercent(of('0', '60'))).toBeNull();
  });

  it('DEV-129: over-allocated, 0.00 is available', () => {
    expect(availableOf(of('100', '150'))).toBe(0n);
  });
});
