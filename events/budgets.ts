import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const budgetType = z.enum(['monthly', 'one-time']);
const exhaustionMode = z.enum(['automatic', 'manual']);

/** CUS-066, CUS-084. A customer's budget was set or withdrawn; withdrawn means monthly 0.00. */
export const budgetChanged = defineEvent({
  name: 'budget.changed',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    action: z.enum(['set', 'withdraw']),
    type: budgetType,
    amount: z.string(),
    exhaustionMode,
    budgetVersion: z.number().int(),
    changedBy: z.string(),
    changedAt: z.string(),
    batchId: z.string().optional(),
  }),
});

/**
 * CUS-037, CUS-107, CUS-118. Usage reached thresholds of a budget: one fact per run, for the highest of them; `alertIds` are the alerts
 * raised with it, lowest threshold first.
 */
export const budgetAlertRaised = defineEvent({
  name: 'budget.alert-raised',
  version: 1,
  detail: z.object({
    alertIds: z.array(z.string()).min(1),
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    budgetType,
    amount: z.string(),
    usage: z.string(),
    percent: z.string(),
    threshold: z.union([z.literal(75), z.literal(90), z.literal(100)]),
    /** The month, or the month since when a one-time budget counts. */
    period: z.string(),
    exhaustionMode,
    /** What the customer cannot do now (CUS-124): yearly/monthly and reserved instances, any purchase, or more by a freeze. */
    restriction: z.enum(['none', 'prepaid-purchases', 'all-purchases', 'account-frozen', 'resources-frozen']),
    /** This run froze the customer for exhaustion. */
    frozenNow: z.boolean(),
    raisedAt: z.string(),
  }),
});

/** DEV-125 to DEV-131. A distributor gave a reseller the right to set budgets and freeze, changed its quotas, or withdrew the right. */
export const resellerPermissionChanged = defineEvent({
  name: 'reseller.permission-changed',
  version: 1,
  detail: z.object({
    resellerId: z.string(),
    distributorId: z.string(),
    authorized: z.boolean(),
    monthlyQuota: z.string(),
    oneTimeQuota: z.string(),
    changedBy: z.string(),
    changedAt: z.string(),
  }),
});
