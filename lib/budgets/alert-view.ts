import * as z from 'zod';
import { exactText, fixedText } from '#lib/shared/money.ts';
import { billingMonthText, isBillingMonth } from '#lib/shared/time.ts';
import { ALERT_STATUSES, type BudgetAlert, DELIVERIES } from './alert.ts';
import type { AlertFilter } from './alert-store.ts';
import { BUDGET_TYPES, EXHAUSTION_MODES } from './budget.ts';
import { THRESHOLDS } from './threshold.ts';

/** CUS-244. */
export const alertView = z.object({
  alertId: z.string(),
  customerId: z.string(),
  accountName: z.string(),
  budgetType: z.enum(BUDGET_TYPES),
  period: z.string().meta({ description: 'Month, or month since when a one-time budget counts' }),
  threshold: z.union([z.literal(75), z.literal(90), z.literal(100)]),
  occurrence: z.number().int(),
  amount: z.string(),
  usage: z.string().meta({ description: 'At the moment of raising, as are amount, percent and mode' }),
  percent: z.string(),
  exhaustionMode: z.enum(EXHAUSTION_MODES),
  raisedAt: z.string(),
  status: z.enum(ALERT_STATUSES),
  delivery: z.enum(DELIVERIES),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  clearedAt: z.string().nullable(),
});

export const toAlertView = (alert: BudgetAlert): z.input<typeof alertView> => ({
  ...alert,
  period: alert.periodKey,
  amount: exactText(alert.amount),
  usage: fixedText(alert.usage, 8),
  acknowledgedBy: alert.acknowledgedBy ?? null,
  acknowledgedAt: alert.acknowledgedAt ?? null,
  clearedAt: alert.clearedAt ?? null,
});

/** CUS-244; what the two lists of alerts can be narrowed to. */
export const alertFilter = {
  threshold: z.enum(['75', '90', '100']).optional(),
  status: z.enum(ALERT_STATUSES).optional(),
  period: billingMonthText.optional(),
};

export const toAlertFilter = ({
  threshold,
  status,
  period,
}: z.output<z.ZodObject<typeof alertFilter>>): AlertFilter => ({
  threshold: THRESHOLDS.find((each) => `${each}` === threshold),
  status,
  period: period !== undefined && isBillingMonth(period) ? period : undefined,
});
