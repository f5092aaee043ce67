import type { CustomerControl } from '#lib/customers/index.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type AlertOrigin, type BudgetAlert, newAlert } from './alert.ts';
import { type Budget, type OpenAlert, periodOf, type ThresholdState } from './budget.ts';
import { reachedThresholds, type Threshold } from './threshold.ts';
import {
  inPeriod,
  isEnforced,
  isLaterMonth,
  liftedNow,
  mayFreezeAgain,
  nextOccurrence,
  raise,
} from './threshold-state.ts';

/** What is to be done about a budget, as far as the budget and its usage tell. */
export interface Assessment {
  /** Read in the present period. */
  readonly state: ThresholdState;
  /** Alerts of a period that is over (CUS-252). */
  readonly over: readonly OpenAlert[];
  /** Newly reached, lowest first (CUS-105). */
  readonly fresh: readonly Threshold[];
  /** Exhausted in automatic mode, and nobody has seen to the freeze yet (CUS-109, CUS-114). */
  readonly enforce: boolean;
  /** A month has begun since exhaustion froze the customer, and the budget is whole again (CUS-029, CUS-030). */
  readonly restore: boolean;
}

/**
 * Is there anything to do? Looks at the present period, however late it runs: usage of a month that is over neither alerts nor
 * freezes any more (CUS-252, CUS-266). The hourly run asks this of every budget and touches only those that get an answer.
 */
export function assess(budget: Budget, usage: Money, now: Instant): Assessment | undefined {
  if (budget.amount === ZERO) return undefined; // CUS-104
  const month = billingMonthOf(now);
  const period = periodOf(budget, month);
  if (isLaterMonth(budget.thresholds.period, period)) return undefined; // this run began before midnight
  const { state, over } = inPeriod(budget.thresholds, period, month);
  const reached = reachedThresholds(usage, budget.amount);
  const fresh = reached.filter((threshold) => !state.raised.includes(threshold));
  const exhausted = budget.exhaustionMode === 'automatic' && reached.includes(100);
  const enforce =
    exhausted && !isEnforced(state, budget.type, month) && mayFreezeAgain(liftedNow(state, budget.type, month), now);
  const turned = budget.type === 'monthly' && state.enforcedIn !== undefined && state.enforcedIn < month;
  const restore = turned && !exhausted;
  const nothing = over.length === 0 && fresh.length === 0 && !enforce && !restore;
  return nothing ? undefined : { state, over, fresh, enforce, restore };
}

export interface Evaluation {
  readonly before: Budget;
  readonly after: Budget;
  /** Lowest first; the last one is what recipients are told (CUS-107). */
  readonly alerts: readonly BudgetAlert[];
  readonly cleared: readonly OpenAlert[];
  readonly control:
    | { readonly action: 'none' }
    | { readonly action: 'freeze'; readonly level: 'account' | 'account-and-resources' }
    | { readonly action: 'unfreeze' };
}

export interface EvaluationFacts extends AlertOrigin {
  readonly control: Pick<CustomerControl, 'freezeLevel' | 'freezeCause'>;
  /** CUS-276: may the turn of the month lift a freeze? A setting of the deployment. */
  readonly liftsAtRestore: boolean;
}

/** What evaluation does with an assessed budget (CUS-105 to CUS-114). */
export function decideEvaluation(assessment: Assessment, facts: EvaluationFacts, now: Instant): Evaluation {
  const { budget: before } = facts;
  const raised = raiseAlerts(assessment, facts, now);
  const { control, state } = enforceOrRestore({ ...assessment, state: raised.state }, facts, now);
  return {
    before,
    after: { ...before, evaluation: before.evaluation + 1, thresholds: state },
    alerts: raised.alerts,
    cleared: [...assessment.over, ...raised.cleared],
    control,
  };
}

function raiseAlerts({ state: start, fresh }: Assessment, facts: EvaluationFacts, now: Instant) {
  let state = start;
  const alerts: BudgetAlert[] = [];
  const cleared: OpenAlert[] = [];
  for (const threshold of fresh) {
    const delivery = threshold === fresh.at(-1) ? 'pending' : 'superseded'; // CUS-107
    const alert = newAlert(facts, { threshold, occurrence: nextOccurrence(state, threshold), delivery }, now);
    const next = raise(state, alert);
    state = next.state;
    cleared.push(...next.cleared);
    alerts.push(alert);
  }
  return { state, alerts, cleared };
}

function enforceOrRestore(
  { state, enforce, restore }: Assessment,
  { budget, control, liftsAtRestore }: EvaluationFacts,
  now: Instant,
): Pick<Evaluation, 'control'> & { state: ThresholdState } {
  const month = billingMonthOf(now);
  if (restore) {
    const lifts = control.freezeCause === 'budget-exhaustion' && liftsAtRestore; // what a person froze stays frozen
    return { state: { ...state, enforcedIn: undefined }, control: { action: lifts ? 'unfreeze' : 'none' } };
  }
  if (!enforce) return { state, control: { action: 'none' } };
  const settled = { ...state, enforcedIn: month, lifted: undefined };
  if (control.freezeLevel !== 'none') return { state: settled, control: { action: 'none' } }; // CUS-112
  const level = liftedNow(state, budget.type, month)?.level ?? 'account'; // CUS-028, CUS-109
  return { state: settled, control: { action: 'freeze', level } };
}
