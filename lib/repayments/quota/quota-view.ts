import * as z from 'zod';
import type { Partner } from '#lib/partners/index.ts';
import { fixedText, type Money, percentText, subtract } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { QUOTA_CURRENCY } from './check-quota.ts';
import { owedBy } from './owed.ts';
import { type Owed, type Quota, usedQuota } from './quota.ts';
import { loadQuota } from './quota-store.ts';

export const quotaView = z.object({
  partnerId: z.string(),
  currency: z.string(),
  total: z.string().nullable().meta({ description: 'null: no quota, and no restriction by one' }),
  used: z.string(),
  available: z.string().nullable().meta({ description: 'Below 0 when more is owed than the quota allows' }),
  usedPercent: z.string().nullable(),
  outstanding: z.string().meta({ description: 'Of issued bills' }),
  estimated: z.string().meta({ description: 'Of bills that are not issued yet' }),
  balance: z.string().meta({ description: 'Of the account' }),
  restricted: z.boolean().meta({ description: 'Customers in the reseller model cannot purchase' }),
  version: z.number().int(),
});

/** FIN-93, FIN-94: as of now. */
export async function readQuota(partner: Pick<Partner, 'partnerId'>, now: Instant) {
  const [quota, owed] = await Promise.all([loadQuota(partner.partnerId), owedBy(partner, now)]);
  return toQuotaView(quota, owed, usedQuota(owed));
}

const toQuotaView = (quota: Quota, owed: Owed, used: Money): z.input<typeof quotaView> => ({
  partnerId: quota.partnerId,
  currency: QUOTA_CURRENCY,
  total: quota.total === undefined ? null : fixedText(quota.total, 2),
  used: fixedText(used, 2),
  available: quota.total === undefined ? null : fixedText(subtract(quota.total, used), 2),
  usedPercent: quota.total === undefined ? null : percentText(used, quota.total),
  outstanding: fixedText(owed.outstanding, 2),
  estimated: fixedText(owed.estimated, 2),
  balance: fixedText(owed.balance, 2),
  restricted: quota.restricted,
  version: quota.version,
});
