import { describe, expect, it } from 'vitest';
import type { CustomerControl } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, type Instant, instant } from '#lib/shared/time.ts';
import { type Budget, unsetBudget } from './budget.ts';
import { type BudgetWish, decideBudget, decideWithdrawal } from './budget-decision.ts';

const money = (text: string): Money => parseMoney(text);
const AUGUST = '2024-08' as BillingMonth;
const NOW: Instant = instant('2024-08-20T11:30:00+08:00');
const SETTER = 'mem_1';

const UNSET = unsetBudget('par_1', 'cus_1', AUGUST);
const aBudget = (fields: Partial<Budget> = {}): Budget => ({
  ...UNSET,
  amount: money('100.00'),
  version: 1,
  ...fields,
});
const wish = (fields: Partial<BudgetWish> = {}): BudgetWish => ({
  type: 'monthly',
  amount: money('100.00'),
  unfreezeNow: false,
  ...fields,
});
const FREE: Pick<CustomerControl, 'freezeLevel' | 'freezeCause'> = { freezeLevel: 'none' };
const EXHAUSTED = { freezeLevel: 'account', freezeCause: 'budget-exhaustion' } as const;
const alerts = (...thresholds: (75 | 90 | 100)[]) =>
  thresholds.map((threshold) => ({ alertId: `bal_${threshold}`, threshold }));
const ids = (cleared: readonly { alertId: string }[]): string[] => cleared.map(({ alertId }) => alertId);

function decide(budget: Budget, usage: string, to: BudgetWish, control = FREE, now = NOW) {
  return decideBudget({ budget, usage: money(usage), control }, to, SETTER, now);
}

describe('the amount', () => {
  it.each(['0', '0.001', '0.011', '-0.01', '-1', '2147483647.01', '2147483648', '0.000000000001'])(
    'CUS-057: %s is refused',
    (amount) => {
      expect(() => decide(UNSET, '0', wish({ amount: money(amount) }))).toThrow(
        expect.objectContaining({ definition: expect.objectContaining({ code: 'BUDGET_AMOUNT_INVALID' }) }),
      );
    },
  );

  it.each(['0.01', '0.02', '100', '2147483646.99', '2147483647.00'])('CUS-057: %s is accepted', (amount) => {
    expect(decide(UNSET, '0', wish({ amount: money(amount) })).after.amount).toBe(money(amount));
  });
});

describe('mode, version and type', () => {
  it('CUS-058: an omitted mode is manual at first and keeps the present one later', () => {
    expect(decide(UNSET, '0', wish()).after.exhaustionMode).toBe('manual');
    expect(decide(aBudget({ exhaustionMode: 'automatic' }), '0', wish()).after.exhaustionMode).toBe('automatic');
    expect(
      decide(aBudget({ exhaustionMode: 'automatic' }), '0', wish({ exhaustionMode: 'manual' })).after.exhaustionMode,
    ).toBe('manual');
  });

  it('CUS-066: every setting moves the version by one and says who and when', () => {
    expect(decide(UNSET, '0', wish()).after).toMatchObject({ version: 1, setBy: SETTER, setAt: NOW });
    expect(decide(aBudget({ version: 7, evaluation: 3 }), '0', wish()).after).toMatchObject({
      version: 8,
      evaluation: 3,
    });
  });

  it('CUS-070: a new one-time amount keeps the month since when usage accumulates', () => {
    const june = aBudget({ type: 'one-time', typeSince: '2024-06' as BillingMonth });
    expect(decide(june, '500', wish({ type: 'one-time', amount: money('150') })).after.typeSince).toBe('2024-06');
  });

  it('CUS-069, CUS-074: another type starts with the month of the change', () => {
    const june = aBudget({ typeSince: '2024-06' as BillingMonth });
    expect(decide(june, '0', wish({ type: 'one-time' })).after).toMatchObject({ type: 'one-time', typeSince: AUGUST });
  });
});

describe('unfreezing with a setting', () => {
  it('CUS-060, CUS-061: lifts a freeze only when asked to, and only if there is one', () => {
    expect(decide(aBudget(), '0', wish({ amount: money('1000') }), EXHAUSTED).unfreeze).toBe(false);
    expect(decide(aBudget(), '0', wish({ unfreezeNow: true }), EXHAUSTED).unfreeze).toBe(true);
    const resources = { freezeLevel: 'account-and-resources', freezeCause: 'manual' } as const;
    expect(decide(aBudget(), '0', wish({ unfreezeNow: true }), resources).unfreeze).toBe(true);
    expect(decide(aBudget(), '0', wish({ unfreezeNow: true }), FREE).unfreeze).toBe(false);
  });

  it.each([
    ['automatic', '99.99999999', []],
    ['automatic', '100', ['WILL_FREEZE_AGAIN']],
    ['manual', '100', []],
  ] as const)('CUS-062: mode %s, usage %s of 100 warns %j', (exhaustionMode, usage, warnings) => {
    const to = wish({ exhaustionMode, unfreezeNow: true });
    expect(decide(aBudget(), usage, to, EXHAUSTED).warnings).toEqual(warnings);
  });

  it('CUS-028, CUS-062: remembers the level for the repeated freeze; without unfreezing nothing is remembered', () => {
    const resources = { freezeLevel: 'account-and-resources', freezeCause: 'manual' } as const;
    const automatic = wish({ exhaustionMode: 'automatic' });
    const lifted = decide(aBudget(), '120', { ...automatic, unfreezeNow: true }, resources).after.thresholds;
    expect(lifted).toMatchObject({ lifted: { level: 'account-and-resources', at: NOW, month: AUGUST } });
    expect(lifted.enforcedIn).toBeUndefined();
    expect(decide(aBudget(), '120', automatic, resources).after.thresholds.lifted).toBeUndefined();
    expect(
      decide(aBudget(), '99', { ...automatic, unfreezeNow: true }, resources).after.thresholds.lifted,
    ).toBeUndefined();
  });

  it('CUS-109: in manual mode an unfreezing from resources brings back no more than the account', () => {
    const resources = { freezeLevel: 'account-and-resources', freezeCause: 'manual' } as const;
    const { thresholds } = decide(aBudget(), '120', wish({ unfreezeNow: true }), resources).after;
    expect(thresholds.lifted?.level).toBe('account');
  });
});

describe('alerts and thresholds after a setting', () => {
  const raised = {
    ...UNSET.thresholds,
    raised: [75, 90] as const,
    open: alerts(75, 90),
    occurrences: { 'monthly#2024-08#75': 1, 'monthly#2024-08#90': 1 },
  };

  it('CUS-038, CUS-108: a larger amount clears and arms what is no longer reached', () => {
    const decision = decide(aBudget({ thresholds: raised }), '95', wish({ amount: money('200') }));
    expect(ids(decision.cleared)).toEqual(['bal_75', 'bal_90']);
    expect(decision.after.thresholds).toMatchObject({ raised: [], open: [], occurrences: raised.occurrences });
  });

  it('CUS-108: thresholds still reached do not repeat', () => {
    const decision = decide(aBudget({ thresholds: raised }), '95', wish({ amount: money('110') }));
    expect(ids(decision.cleared)).toEqual(['bal_90']);
    expect(decision.after.thresholds).toMatchObject({ raised: [75], open: alerts(75) });
  });

  it('CUS-063: a lower amount is accepted and leaves the alerts to evaluation', () => {
    const decision = decide(aBudget({ thresholds: raised }), '95', wish({ amount: money('50') }));
    expect(decision.cleared).toEqual([]);
    expect(decision.after.thresholds.raised).toEqual([75, 90]);
  });

  const frozenFull = { ...raised, raised: [75, 90, 100] as const, open: alerts(75, 90, 100), enforcedIn: AUGUST };

  it('CUS-039: the alert of 100 percent waits for the unfreezing', () => {
    const budget = aBudget({ exhaustionMode: 'automatic', thresholds: frozenFull });
    const still = decide(budget, '100', wish({ amount: money('200') }), EXHAUSTED);
    expect(ids(still.cleared)).toEqual(['bal_75', 'bal_90']);
    expect(still.after.thresholds).toMatchObject({ raised: [], open: alerts(100), enforcedIn: AUGUST });
    const unfrozen = decide(budget, '100', wish({ amount: money('200'), unfreezeNow: true }), EXHAUSTED);
    expect(ids(unfrozen.cleared)).toEqual(['bal_75', 'bal_90', 'bal_100']);
    expect(unfrozen.after.thresholds.enforcedIn).toBeUndefined();
  });

  it('CUS-039: with a manual freeze it is cleared by the raise alone', () => {
    const manual = { freezeLevel: 'account', freezeCause: 'manual' } as const;
    const decision = decide(aBudget({ thresholds: frozenFull }), '100', wish({ amount: money('200') }), manual);
    expect(ids(decision.cleared)).toEqual(['bal_75', 'bal_90', 'bal_100']);
  });

  it('CUS-075, CUS-076: another type clears every alert, arms every threshold, leaves the freeze', () => {
    const budget = aBudget({ exhaustionMode: 'automatic', thresholds: frozenFull });
    const decision = decide(budget, '150', wish({ type: 'one-time' }), EXHAUSTED);
    expect(ids(decision.cleared)).toEqual(['bal_75', 'bal_90', 'bal_100']);
    expect(decision.after.thresholds).toMatchObject({
      period: 'one-time#2024-08',
      raised: [],
      open: [],
      enforcedIn: AUGUST,
    });
    expect(decision.unfreeze).toBe(false);
  });

  it('CUS-108: back to the first type within the month the alerts go on counting', () => {
    const oneTime = decide(aBudget({ thresholds: raised }), '0', wish({ type: 'one-time' })).after;
    const back = decide(oneTime, '0', wish()).after;
    expect(back.thresholds.occurrences).toEqual(raised.occurrences);
    const september = instant('2024-09-02T00:00:00+08:00');
    const later = decide(oneTime, '0', wish(), FREE, september).after;
    expect(later.thresholds.occurrences).toEqual({});
  });

  it('CUS-252: a setting in a new month finds nothing raised, though no job has run', () => {
    const september = instant('2024-09-01T00:00:00+08:00');
    const decision = decide(aBudget({ thresholds: raised }), '95', wish({ amount: money('100') }), FREE, september);
    expect(ids(decision.cleared)).toEqual(['bal_75', 'bal_90']);
    expect(decision.after.thresholds).toMatchObject({ period: 'monthly#2024-09', raised: [] });
  });

  it('CUS-076: a freeze that outlives a change of type waits for the next turn of a month', () => {
    const june = '2024-06' as BillingMonth;
    const thresholds = { ...frozenFull, period: 'one-time#2024-06' as const, enforcedIn: june };
    const budget = aBudget({ type: 'one-time', typeSince: june, thresholds });
    expect(decide(budget, '60', wish(), EXHAUSTED).after.thresholds.enforcedIn).toBe(AUGUST);
    const withdrawn = decideWithdrawal(budget, SETTER, NOW).after;
    const october = instant('2024-10-10T00:00:00+08:00');
    expect(decide(withdrawn, '0', wish(), EXHAUSTED, october).after.thresholds.enforcedIn).toBe('2024-10');
  });
});

describe('withdrawing', () => {
  it('CUS-084: back to monthly 0.00 with the mode kept, alerts cleared, thresholds armed', () => {
    const thresholds = {
      ...UNSET.thresholds,
      period: 'one-time#2024-06' as const,
      raised: [75] as const,
      open: alerts(75),
    };
    const budget = aBudget({
      type: 'one-time',
      typeSince: '2024-06' as BillingMonth,
      exhaustionMode: 'automatic',
      thresholds,
    });
    const decision = decideWithdrawal(budget, SETTER, NOW);
    expect(decision.after).toMatchObject({ type: 'monthly', amount: 0n, exhaustionMode: 'automatic', version: 2 });
    expect(decision.after.thresholds).toMatchObject({ period: 'monthly#2024-08', raised: [], open: [] });
    expect(ids(decision.cleared)).toEqual(['bal_75']);
    expect(decision.unfreeze).toBe(false);
  });

  it('CUS-084: an unset budget cannot be withdrawn', () => {
    expect(() => decideWithdrawal(UNSET, SETTER, NOW)).toThrow(Refusal);
  });
});
