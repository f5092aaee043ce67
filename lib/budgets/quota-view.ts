import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import type { BudgetPermission } from './budget-permission.ts';
import { allocatedPercent, availableOf, type QuotaOfType } from './quota.ts';

const quotaOfType = z.object({
  total: z.string(),
  allocated: z.string().meta({ description: "Sum of the budgets of the reseller's customers" }),
  available: z.string().meta({ description: '0.00 while more is allocated than given' }),
  allocatedPercent: z.string().nullable(),
});

/** CUS-086. */
export const quotaView = z.object({
  resellerId: z.string(),
  authorized: z.boolean().meta({ description: 'May the reseller set budgets and freeze?' }),
  monthly: quotaOfType,
  oneTime: quotaOfType,
});

export const toQuotaView = ({ authorized, quota }: BudgetPermission): z.input<typeof quotaView> => ({
  resellerId: quota.resellerId,
  authorized,
  monthly: toView(quota.monthly),
  oneTime: toView(quota.oneTime),
});

const toView = (quota: QuotaOfType): z.input<typeof quotaOfType> => ({
  total: exactText(quota.total),
  allocated: exactText(quota.allocated),
  available: exactText(availableOf(quota)),
  allocatedPercent: allocatedPercent(quota),
});
