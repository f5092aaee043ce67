import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { assessGroup } from './evaluation.ts';
import type { GroupStanding } from './group.ts';
import { LIST_PRICE, type ServicePlan } from './plan.ts';
import { NO_USAGE } from './usage.ts';

const SEPTEMBER = '2024-09' as BillingMonth;
const now = instant('2024-09-10T10:00:00+08:00');
const plan: ServicePlan = {
  name: 'Gold',
  lines: [{ metric: LIST_PRICE, unit: 'USD', expectedQuantity: parseMoney('100') }],
  periodType: 'month',
  since: SEPTEMBER,
};
const told = (...states: GroupStanding['told']): GroupStanding => ({
  period: SEPTEMBER,
  state: states.at(-1),
  told: states,
  raised: [],
});

const assess = (used: string, standing?: GroupStanding, budget?: string, at = now) =>
  assessGroup(
    {
      group: { planName: 'Gold', standing, budget: budget === undefined ? undefined : parseMoney(budget) },
      plan,
      usage: { ...NO_USAGE, amount: parseMoney(used) },
    },
    at,
  );

describe('assessGroup', () => {
  it('CUS-239: nothing to say within the plan, nor twice of one state', () => {
    expect(assess('74')).toBeUndefined();
    expect(assess('80', told('approaching'))).toBeUndefined();
  });

  it('CUS-239: exceeded at one stroke is told alone, and approaching not afterwards', () => {
    const finding = assess('101');
    expect(finding).toMatchObject({ told: 'exceeded', standing: { told: ['approaching', 'exceeded'] } });
    expect(assess('80', finding?.standing)).toMatchObject({ told: undefined, standing: { state: 'approaching' } });
  });

  it('CUS-236: a state that fell back is stored, not told', () => {
    expect(assess('10', told('approaching'))).toMatchObject({ told: undefined, standing: { state: 'within' } });
  });

  it('CUS-252: a new month starts anew; one that is over is told of no more', () => {
    const october = instant('2024-10-01T00:00:00+08:00');
    expect(assess('80', told('approaching'), undefined, october)).toMatchObject({
      told: 'approaching',
      standing: { period: '2024-10', told: ['approaching'] },
    });
    const standing = { ...told('approaching'), period: '2024-10' as BillingMonth };
    expect(assess('500', standing, '1')).toBeUndefined();
  });

  it('CUS-105: thresholds are raised once, lowest first', () => {
    const first = assess('45', undefined, '50');
    expect(first).toMatchObject({ alerts: [75, 90], standing: { raised: [75, 90] } });
    expect(assess('50', first?.standing, '50')).toMatchObject({ alerts: [100] });
    expect(assess('45', first?.standing, '50')).toBeUndefined();
    expect(assess('0', undefined, '50')).toBeUndefined();
  });
});
