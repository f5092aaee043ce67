import { describe, expect, it } from 'vitest';
import type { CustomerControl } from '#lib/customers/index.ts';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, type Instant, instant } from '#lib/shared/time.ts';
import { type Budget, type ThresholdState, unsetBudget } from './budget.ts';
import { assess, decideEvaluation, type EvaluationFacts } from './evaluation.ts';

const money = (text: string): Money => parseMoney(text);
const AUGUST = '2024-08' as BillingMonth;
const at = (time: string): Instant => instant(`2024-08-${time}:00+08:00`);
const NOON = at('20T12:00');
const SEPTEMBER = instant('2024-09-01T00:00:00+08:00');
const UNSET = unsetBudget('par_1', 'cus_1', AUGUST);

const aBudget = ({
  thresholds,
  ...fields
}: Partial<Omit<Budget, 'thresholds'>> & { thresholds?: Partial<ThresholdState> } = {}): Budget => ({
  ...UNSET,
  amount: money('100.00'),
  version: 1,
  ...fields,
  thresholds: { ...UNSET.thresholds, ...thresholds },
});
const automatic = (thresholds?: Partial<ThresholdState>) => aBudget({ exhaustionMode: 'automatic', thresholds });

type Control = Pick<CustomerControl, 'freezeLevel' | 'freezeCause'>;
const FREE: Control = { freezeLevel: 'none' };
const EXHAUSTED: Control = { freezeLevel: 'account', freezeCause: 'budget-exhaustion' };

function evaluate(budget: Budget, usage: string, { control = FREE, now = NOON, liftsAtRestore = true } = {}) {
  const assessment = assess(budget, money(usage), now);
  const customer = { accountName: 'atlas' };
  const facts: EvaluationFacts = { budget, usage: money(usage), customer, control, liftsAtRestore };
  return assessment && decideEvaluation(assessment, facts, now);
}
const raisedBy = (evaluation: ReturnType<typeof evaluate>) =>
  evaluation?.alerts.map(({ threshold, occurrence, delivery }) => [threshold, occurrence, delivery]);

const FULL = { raised: [75, 90, 100], open: [{ alertId: 'bal_100', threshold: 100 }] } as const;

describe('alerts', () => {
  it.each([
    ['74.99999999', undefined],
    ['75.00000000', [[75, 1, 'pending']]],
    [
      '90',
      [
        [75, 1, 'superseded'],
        [90, 1, 'pending'],
      ],
    ],
    [
      '99.99999999',
      [
        [75, 1, 'superseded'],
        [90, 1, 'pending'],
      ],
    ],
    [
      '100',
      [
        [75, 1, 'superseded'],
        [90, 1, 'superseded'],
        [100, 1, 'pending'],
      ],
    ],
  ])('CUS-105 to CUS-107: usage %s of 100.00 raises %j', (usage, alerts) => {
    expect(raisedBy(evaluate(aBudget(), usage))).toEqual(alerts);
  });

  it('CUS-104: an unset budget is not looked at', () => {
    expect(evaluate(UNSET, '1000')).toBeUndefined();
  });

  it('CUS-105: a threshold alerts once per period', () => {
    expect(evaluate(aBudget({ thresholds: { raised: [75] } }), '80')).toBeUndefined();
    expect(raisedBy(evaluate(aBudget({ thresholds: { raised: [75] } }), '91'))).toEqual([[90, 1, 'pending']]);
  });

  it('CUS-105: a one-time budget alerts once since its type was chosen, months later too', () => {
    const june = { type: 'one-time', typeSince: '2024-06' as BillingMonth } as const;
    const budget = aBudget({ ...june, thresholds: { period: 'one-time#2024-06', raised: [75] } });
    expect(evaluate(budget, '80', { now: SEPTEMBER })).toBeUndefined();
  });

  it('CUS-252, CUS-105: in a new month the same thresholds alert again and the old alerts are cleared', () => {
    const budget = aBudget({ thresholds: { raised: [75], open: [{ alertId: 'bal_75', threshold: 75 }] } });
    const turned = evaluate(budget, '0', { now: SEPTEMBER });
    expect(turned).toMatchObject({ alerts: [], cleared: [{ alertId: 'bal_75' }] });
    expect(turned?.after.thresholds).toMatchObject({ period: 'monthly#2024-09', raised: [], open: [] });
    expect(raisedBy(evaluate(budget, '76', { now: SEPTEMBER }))).toEqual([[75, 1, 'pending']]);
  });

  it('CUS-252: an evaluation that began before midnight does not turn the month back', () => {
    const turned = evaluate(aBudget({ thresholds: { raised: [75] } }), '76', { now: SEPTEMBER });
    const before = instant('2024-08-31T23:59:59.999+08:00');
    expect(turned && evaluate(turned.after, '76', { now: before })).toBeUndefined();
  });

  it('CUS-252: the last millisecond of August is still August', () => {
    const budget = aBudget({ thresholds: { raised: [75] } });
    expect(evaluate(budget, '76', { now: instant('2024-08-31T23:59:59.999+08:00') })).toBeUndefined();
  });

  it('CUS-108: a repeated alert gets the next number and clears the one still open', () => {
    const budget = aBudget({
      thresholds: {
        raised: [],
        open: [{ alertId: 'bal_100', threshold: 100 }],
        occurrences: { 'monthly#2024-08#100': 1 },
      },
    });
    const again = evaluate(budget, '100');
    expect(raisedBy(again)?.at(-1)).toEqual([100, 2, 'pending']);
    expect(again?.cleared).toEqual([{ alertId: 'bal_100', threshold: 100 }]);
    expect(again?.after.thresholds.open).toHaveLength(3);
    expect(again?.after.thresholds.occurrences['monthly#2024-08#100']).toBe(2);
  });

  it('CUS-105: the same alert has the same id, another occurrence another one', () => {
    const first = evaluate(aBudget(), '75')?.alerts[0]?.alertId;
    expect(evaluate(aBudget(), '76', { now: at('21T09:00') })?.alerts[0]?.alertId).toBe(first);
    const second = evaluate(aBudget({ thresholds: { occurrences: { 'monthly#2024-08#75': 1 } } }), '75');
    expect(second?.alerts[0]?.alertId).not.toBe(first);
  });

  it('CUS-037: an alert keeps the values of its moment', () => {
    expect(evaluate(aBudget(), '75.5')?.alerts[0]).toMatchObject({
      amount: money('100'),
      usage: money('75.5'),
      percent: '75.50',
      exhaustionMode: 'manual',
      periodKey: '2024-08',
      raisedAt: NOON,
      status: 'open',
    });
  });

  it('CUS-113: evaluating the result again changes nothing', () => {
    const first = evaluate(automatic(), '100');
    expect(first && evaluate(first.after, '100', { control: EXHAUSTED })).toBeUndefined();
  });

  it('CUS-066: evaluation moves its own counter and never the version', () => {
    expect(evaluate(aBudget({ version: 4, evaluation: 2 }), '75')?.after).toMatchObject({ version: 4, evaluation: 3 });
  });
});

describe('the automatic freeze', () => {
  it('CUS-025, CUS-109: 100 percent in automatic mode freezes the account, less does not', () => {
    expect(evaluate(automatic(), '99.99999999')?.control).toEqual({ action: 'none' });
    expect(evaluate(automatic(), '100')).toMatchObject({
      control: { action: 'freeze', level: 'account' },
      after: { thresholds: { enforcedIn: AUGUST } },
    });
  });

  it('CUS-110: manual mode freezes nothing', () => {
    expect(evaluate(aBudget(), '120')?.control).toEqual({ action: 'none' });
  });

  it('CUS-112: a frozen customer still gets alerts and is not frozen a second time', () => {
    const resources: Control = { freezeLevel: 'account-and-resources', freezeCause: 'manual' };
    const evaluation = evaluate(automatic(), '100', { control: resources });
    expect(evaluation?.control).toEqual({ action: 'none' });
    expect(evaluation?.alerts).toHaveLength(3);
    expect(evaluation?.after.thresholds.enforcedIn).toBe(AUGUST);
  });

  it('CUS-114: a change to automatic mode freezes at the next run, without new alerts', () => {
    expect(evaluate(automatic(FULL), '120')).toMatchObject({
      alerts: [],
      control: { action: 'freeze', level: 'account' },
    });
  });

  const lifted = (level: 'account' | 'account-and-resources') => ({
    ...FULL,
    lifted: { level, at: at('20T11:20'), month: AUGUST },
  });

  it.each([
    ['20T11:20', undefined],
    ['20T11:40', undefined],
    ['20T12:00', { action: 'freeze', level: 'account' }],
    ['20T14:05', { action: 'freeze', level: 'account' }],
  ])('CUS-111: unfrozen at 11:20, evaluated at %s', (time, control) => {
    expect(evaluate(automatic(lifted('account')), '120', { now: at(time) })?.control).toEqual(control);
  });

  it('CUS-111: unfrozen on the full hour waits for the next one', () => {
    const budget = automatic({ ...FULL, lifted: { level: 'account', at: NOON, month: AUGUST } });
    expect(evaluate(budget, '120', { now: NOON })).toBeUndefined();
    expect(evaluate(budget, '120', { now: at('20T13:00') })?.control.action).toBe('freeze');
  });

  it('CUS-028: the level that a person had lifted comes back', () => {
    const evaluation = evaluate(automatic(lifted('account-and-resources')), '120');
    expect(evaluation?.control).toEqual({ action: 'freeze', level: 'account-and-resources' });
    expect(evaluation?.after.thresholds.lifted).toBeUndefined();
  });

  it('CUS-028, CUS-109: a monthly budget forgets what was lifted with the month, a one-time budget does not', () => {
    const september = instant('2024-09-15T12:00:00+08:00');
    const monthly = automatic(lifted('account-and-resources'));
    expect(evaluate(monthly, '100', { now: september })?.control).toEqual({ action: 'freeze', level: 'account' });
    const oneTime = aBudget({
      ...{ type: 'one-time', exhaustionMode: 'automatic' },
      thresholds: { ...lifted('account-and-resources'), period: 'one-time#2024-08' },
    });
    expect(evaluate(oneTime, '120', { now: september })?.control).toMatchObject({ level: 'account-and-resources' });
  });
});

describe('the turn of the month', () => {
  const frozen = { ...FULL, enforcedIn: AUGUST };

  it('CUS-029: lifts the freeze of an exhausted monthly budget', () => {
    const restored = evaluate(automatic(frozen), '0', { control: EXHAUSTED, now: SEPTEMBER });
    expect(restored).toMatchObject({ control: { action: 'unfreeze' }, cleared: [{ alertId: 'bal_100' }] });
    expect(restored?.after.thresholds.enforcedIn).toBeUndefined();
  });

  it.each(['manual', 'association-default'] as const)('CUS-029: a freeze of cause %s stays', (freezeCause) => {
    const control: Control = { freezeLevel: 'account', freezeCause };
    expect(evaluate(automatic(frozen), '0', { control, now: SEPTEMBER })?.control).toEqual({ action: 'none' });
  });

  it('CUS-030: lifts a repeated freeze of the resources as well', () => {
    const control: Control = { freezeLevel: 'account-and-resources', freezeCause: 'budget-exhaustion' };
    expect(evaluate(automatic(frozen), '0', { control, now: SEPTEMBER })?.control).toEqual({ action: 'unfreeze' });
  });

  it('CUS-067: a one-time budget is never restored', () => {
    const budget = aBudget({
      ...{ type: 'one-time', exhaustionMode: 'automatic' },
      thresholds: { ...frozen, period: 'one-time#2024-08' },
    });
    expect(evaluate(budget, '120', { control: EXHAUSTED, now: SEPTEMBER })).toBeUndefined();
  });

  it('CUS-276: the deployment may keep the freeze; alerts are cleared and thresholds armed all the same', () => {
    const kept = evaluate(automatic(frozen), '0', { control: EXHAUSTED, now: SEPTEMBER, liftsAtRestore: false });
    expect(kept).toMatchObject({ control: { action: 'none' }, cleared: [{ alertId: 'bal_100' }] });
    expect(
      kept && evaluate(kept.after, '0', { control: EXHAUSTED, now: SEPTEMBER, liftsAtRestore: false }),
    ).toBeUndefined();
  });

  it('CUS-252: so late that the new month is exhausted too, the customer simply stays frozen', () => {
    const late = instant('2024-09-20T12:00:00+08:00');
    const evaluation = evaluate(automatic(frozen), '100', { control: EXHAUSTED, now: late });
    expect(evaluation).toMatchObject({ control: { action: 'none' }, after: { thresholds: { enforcedIn: '2024-09' } } });
    expect(evaluation?.alerts).toHaveLength(3);
  });

  it('CUS-029: within the month nothing is restored, even with a raised budget', () => {
    expect(evaluate(automatic({ ...frozen, raised: [], open: [] }), '50', { control: EXHAUSTED })).toBeUndefined();
  });
});
