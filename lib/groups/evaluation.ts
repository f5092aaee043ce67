import { reachedThresholds, type Threshold } from '#lib/budgets/index.ts';
import { ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type Group, type GroupStanding, stateIn, type UsageState } from './group.ts';
import { lineUsages, type ServicePlan, worstOf } from './plan.ts';
import type { Usage } from './usage.ts';

export interface GroupFacts {
  readonly group: Pick<Group, 'planName' | 'budget' | 'standing'>;
  readonly plan?: ServicePlan;
  readonly usage: Usage;
}

export interface GroupFinding {
  readonly standing: GroupStanding;
  /** A state to tell of (CUS-239). */
  readonly told?: Exclude<UsageState, 'within'>;
  /** Newly reached thresholds of the budget, lowest first. */
  readonly alerts: readonly Threshold[];
}

/**
 * What the usage of the present month changes about a group; nothing in most cases. Each state and each threshold is told once per month,
 * whatever moves in between; a month that is over is told of no more.
 */
export function assessGroup(facts: GroupFacts, now: Instant): GroupFinding | undefined {
  const { group, plan, usage } = facts;
  const period = billingMonthOf(now);
  if (group.standing && group.standing.period > period) return undefined; // this run began before midnight
  const before = standingIn(group.standing, period);
  const state = plan && worstOf(lineUsages(plan, usage));
  const alerts = reachedThresholds(usage.amount, group.budget ?? ZERO).filter((each) => !before.raised.includes(each));
  const told = state !== undefined && state !== 'within' && !before.told.includes(state) ? state : undefined;
  if (state === stateIn(group, period) && told === undefined && alerts.length === 0) return undefined;
  const standing = {
    period,
    state,
    told: told ? [...before.told, ...reachedBy(told, before)] : before.told,
    raised: [...before.raised, ...alerts],
  };
  return { standing, told, alerts };
}

/** Whoever is told `exceeded` need not be told `approaching` afterwards. */
const reachedBy = (told: UsageState, before: GroupStanding): UsageState[] =>
  (told === 'exceeded' ? (['approaching', 'exceeded'] as const) : ([told] as const)).filter(
    (state) => !before.told.includes(state),
  );

const standingIn = (standing: GroupStanding | undefined, period: BillingMonth): GroupStanding =>
  standing?.period === period ? standing : { period, told: [], raised: [] };
