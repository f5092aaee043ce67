import { type Money, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Threshold } from './threshold.ts';

export const BUDGET_TYPES = ['monthly', 'one-time'] as const;
export type BudgetType = (typeof BUDGET_TYPES)[number];

export const EXHAUSTION_MODES = ['automatic', 'manual'] as const;
export type ExhaustionMode = (typeof EXHAUSTION_MODES)[number];

/** The one budget of a customer with its tier-1 partner, of one type at a time (CUS-056, CUS-067). */
export interface Budget {
  readonly partnerId: string;
  readonly customerId: string;
  readonly type: BudgetType;
  /** 0 = not set. */
  readonly amount: Money;
  readonly exhaustionMode: ExhaustionMode;
  /** Month in which the present type was chosen; a one-time budget counts from it on (CUS-068, CUS-074). */
  readonly typeSince: BillingMonth;
  /** When the association began that it is of: in that month only what was used since counts (CUS-098). */
  readonly associatedSince?: Instant;
  readonly setBy?: string;
  readonly setAt?: Instant;
  /** +1 whenever somebody sets or withdraws; 0 = never set. The client's optimistic lock. */
  readonly version: number;
  /** +1 whenever the thresholds move without anybody setting the budget, so that evaluation never outdates a client's version. */
  readonly evaluation: number;
  readonly thresholds: ThresholdState;
}

/** Type and period key of the alerts of a budget, such as `monthly#2024-08` or `one-time#2024-06` (CUS-105). */
export type Period = `${BudgetType}#${string}`;

/** Where the thresholds stand: part of the budget's item, so that one read and one condition cover both. */
export interface ThresholdState {
  readonly period: Period;
  /** Alerted in this period and not armed again since (CUS-105, CUS-108). */
  readonly raised: readonly Threshold[];
  /** Alerts that nothing has cleared yet. */
  readonly open: readonly OpenAlert[];
  /** Alerts so far per period and threshold (CUS-108). */
  readonly occurrences: Readonly<Record<string, number>>;
  /**
   * Month in which exhaustion froze the customer or found it frozen. Every unfreezing removes it, so while it is there the customer is
   * frozen and evaluation need not look at it again.
   */
  readonly enforcedIn?: BillingMonth;
  readonly lifted?: Lifted;
}

export interface OpenAlert {
  readonly alertId: string;
  readonly threshold: Threshold;
}

/** A person unfroze the customer although its budget was exhausted. */
export interface Lifted {
  /** What an automatic freeze brings back (CUS-028). */
  readonly level: 'account' | 'account-and-resources';
  readonly at: Instant;
  readonly month: BillingMonth;
}

/** CUS-021: what holds from association until somebody sets a budget; nothing of it is stored. */
export const unsetBudget = (partnerId: string, customerId: string, since: BillingMonth): Budget => ({
  partnerId,
  customerId,
  type: 'monthly',
  amount: ZERO,
  exhaustionMode: 'manual',
  typeSince: since,
  version: 0,
  evaluation: 0,
  thresholds: { period: `monthly#${since}`, raised: [], open: [], occurrences: {} },
});

type Choice = Pick<Budget, 'type' | 'typeSince'>;

/** The first month that counts against the budget in `month` (CUS-059, CUS-068). */
export const countsFrom = ({ type, typeSince }: Choice, month: BillingMonth): BillingMonth =>
  type === 'monthly' ? month : typeSince;

export const periodOf = (budget: Choice, month: BillingMonth): Period => `${budget.type}#${countsFrom(budget, month)}`;

/** Staying with a type keeps what has accumulated, so its starting month does not move (CUS-070); another one starts now (CUS-074). */
export const chosenSince = (before: Choice, type: BudgetType, month: BillingMonth): BillingMonth =>
  type === before.type ? before.typeSince : month;
