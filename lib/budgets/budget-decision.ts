import type { CustomerControl } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import {
  type Budget,
  type BudgetType,
  chosenSince,
  type ExhaustionMode,
  type OpenAlert,
  periodOf,
  type ThresholdState,
  unsetBudget,
} from './budget.ts';
import { budgetErrors } from './errors.ts';
import { reachedThresholds, type Threshold } from './threshold.ts';
import { afterUnfreeze, inPeriod, liftedNow, rearm } from './threshold-state.ts';

const CENT = parseMoney('0.01');
const LARGEST = parseMoney('2147483647.00');

export interface BudgetWish {
  readonly type: BudgetType;
  readonly amount: Money;
  readonly exhaustionMode?: ExhaustionMode;
  readonly unfreezeNow: boolean;
}

export interface BudgetFacts {
  readonly budget: Budget;
  /** As the wished type counts it (CUS-070, CUS-073, CUS-074). */
  readonly usage: Money;
  readonly control: Pick<CustomerControl, 'freezeLevel' | 'freezeCause'>;
}

export interface BudgetDecision {
  readonly before: Budget;
  readonly after: Budget;
  /** Alerts that the change clears. */
  readonly cleared: readonly OpenAlert[];
  /** The freeze is lifted with it (CUS-060). */
  readonly unfreeze: boolean;
  readonly warnings: readonly 'WILL_FREEZE_AGAIN'[];
}

/** CUS-057. @throws Refusal BUDGET_AMOUNT_INVALID */
export function requireAmount(amount: Money): void {
  const inRange = amount >= CENT && amount <= LARGEST && amount % CENT === 0n;
  if (!inRange) throw new Refusal(budgetErrors.BUDGET_AMOUNT_INVALID);
}

/** What setting a budget does (CUS-056 to CUS-077). @throws Refusal BUDGET_AMOUNT_INVALID */
export function decideBudget(facts: BudgetFacts, wish: BudgetWish, setBy: string, now: Instant): BudgetDecision {
  requireAmount(wish.amount);
  const { budget: before, control } = facts;
  const month = billingMonthOf(now);
  const reached = reachedThresholds(facts.usage, wish.amount);
  const unfreeze = wish.unfreezeNow && control.freezeLevel !== 'none'; // CUS-061
  const next = {
    ...before,
    type: wish.type,
    amount: wish.amount,
    exhaustionMode: wish.exhaustionMode ?? before.exhaustionMode, // CUS-058
    typeSince: chosenSince(before, wish.type, month),
    setBy,
    setAt: now,
    version: before.version + 1,
  };
  const { thresholds, cleared } = thresholdsAfter({ before, next, reached, unfreeze, control }, now);
  const willFreezeAgain = unfreeze && next.exhaustionMode === 'automatic' && reached.includes(100); // CUS-062
  return {
    before,
    after: { ...next, thresholds },
    cleared,
    unfreeze,
    warnings: willFreezeAgain ? ['WILL_FREEZE_AGAIN'] : [],
  };
}

interface Setting {
  readonly before: Budget;
  readonly next: Budget;
  readonly reached: readonly Threshold[];
  readonly unfreeze: boolean;
  readonly control: BudgetFacts['control'];
}

function thresholdsAfter(
  { before, next, reached, unfreeze, control }: Setting,
  now: Instant,
): { thresholds: ThresholdState; cleared: readonly OpenAlert[] } {
  const month = billingMonthOf(now);
  const turned = inPeriod(before.thresholds, periodOf(next, month), month); // another type starts anew (CUS-075)
  const frozenForExhaustion = control.freezeCause === 'budget-exhaustion' && !unfreeze;
  const armed = rearm(turned.state, reached, frozenForExhaustion);
  const exhausted = reached.includes(100);
  const kept: ThresholdState = {
    ...armed.state,
    enforcedIn: enforcedAfter(before, next, month),
    lifted: exhausted ? liftedNow(armed.state, next.type, month) : undefined,
  };
  const { freezeLevel: level } = control;
  const thresholds =
    unfreeze && level !== 'none'
      ? afterUnfreeze(kept, { level, exhausted, automatic: next.exhaustionMode === 'automatic' }, now, month)
      : kept;
  return { thresholds, cleared: [...turned.over, ...armed.cleared] };
}

/** A freeze that outlives a change of type or a withdrawal waits for the turn of the month after it (CUS-076, CUS-029). */
const enforcedAfter = (before: Budget, next: Budget, month: BillingMonth): BillingMonth | undefined =>
  before.thresholds.enforcedIn && (next.type !== before.type || before.amount === ZERO)
    ? month
    : before.thresholds.enforcedIn;

/** CUS-084: back to monthly 0.00 with the mode kept; the freeze stays. @throws Refusal BUDGET_NOT_SET */
export function decideWithdrawal(before: Budget, setBy: string, now: Instant): BudgetDecision {
  if (before.amount === ZERO) throw new Refusal(budgetErrors.BUDGET_NOT_SET);
  const month = billingMonthOf(now);
  const next = {
    ...before,
    type: 'monthly' as const,
    amount: ZERO,
    typeSince: chosenSince(before, 'monthly', month),
    setBy,
    setAt: now,
    version: before.version + 1,
  };
  const { thresholds } = before;
  const { state } = inPeriod(thresholds, periodOf(next, month), month);
  return {
    before,
    after: { ...next, thresholds: { ...state, raised: [], open: [], lifted: undefined } },
    cleared: thresholds.open,
    unfreeze: false,
    warnings: [],
  };
}

/**
 * ORD-44, ORD-46: what is left of a budget whose association ends: not set, as with a new association (CUS-021), but counted on, so that a
 * setting that is under way meets another version and alerts of the month go on being numbered.
 */
export function decideClosing(before: Budget, now: Instant): Pick<BudgetDecision, 'before' | 'after' | 'cleared'> {
  const month = billingMonthOf(now);
  const unset = unsetBudget(before.partnerId, before.customerId, month);
  const { occurrences, open } = before.thresholds;
  const after = { ...unset, version: before.version + 1, evaluation: before.evaluation };
  return { before, after: { ...after, thresholds: { ...unset.thresholds, occurrences } }, cleared: open };
}
