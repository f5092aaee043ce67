import { derivedId } from '#lib/shared/ids.ts';
import { type Money, percentText } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type Budget, type BudgetType, countsFrom, type ExhaustionMode } from './budget.ts';
import type { Threshold } from './threshold.ts';

export const ALERT_STATUSES = ['open', 'acknowledged', 'cleared'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** `superseded`: a higher threshold was reached in the same run and is what recipients are told (CUS-107). */
export const DELIVERIES = ['pending', 'sent', 'superseded', 'failed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** A threshold that was reached, with the values of that moment (CUS-037). */
export interface BudgetAlert {
  /** Follows from customer, type, period, threshold and occurrence, so that the same alert cannot exist twice. */
  readonly alertId: string;
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly customerId: string;
  readonly accountName: string;
  readonly budgetType: BudgetType;
  /** The month, or the month since when a one-time budget counts. */
  readonly periodKey: BillingMonth;
  readonly threshold: Threshold;
  readonly occurrence: number;
  readonly amount: Money;
  readonly usage: Money;
  readonly percent: string;
  readonly exhaustionMode: ExhaustionMode;
  readonly raisedAt: Instant;
  readonly status: AlertStatus;
  readonly delivery: Delivery;
  readonly acknowledgedBy?: string;
  readonly acknowledgedAt?: Instant;
  readonly clearedAt?: Instant;
}

export interface AlertOrigin {
  readonly budget: Budget;
  readonly usage: Money;
  readonly customer: Pick<BudgetAlert, 'accountName' | 'resellerId'>;
}

export function newAlert(
  { budget, usage, customer }: AlertOrigin,
  { threshold, occurrence, delivery }: Pick<BudgetAlert, 'threshold' | 'occurrence' | 'delivery'>,
  now: Instant,
): BudgetAlert {
  const { partnerId, customerId, type: budgetType, amount, exhaustionMode } = budget;
  const periodKey = countsFrom(budget, billingMonthOf(now));
  return {
    alertId: derivedId('bal', partnerId, customerId, budgetType, periodKey, `${threshold}`, `${occurrence}`),
    partnerId,
    resellerId: customer.resellerId,
    customerId,
    accountName: customer.accountName,
    budgetType,
    periodKey,
    threshold,
    occurrence,
    amount,
    usage,
    percent: percentText(usage, amount) ?? '0.00',
    exhaustionMode,
    raisedAt: now,
    status: 'open',
    delivery,
  };
}
