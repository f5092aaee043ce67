import { getItem, type Item } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, negate, storeMoney, subtract, ZERO } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { isNothing, type Quota, type QuotaCharge, type QuotaKind } from './quota.ts';

const key = (resellerId: string) => ({ pk: `RESELLER#${resellerId}`, sk: 'QUOTA' });
const KINDS = ['monthly', 'oneTime'] as const;

export async function loadQuota(resellerId: string): Promise<Quota> {
  const item = (await getItem('budgets', key(resellerId))) ?? {};
  return { resellerId, monthly: toQuotaOfType(item, 'monthly'), oneTime: toQuotaOfType(item, 'oneTime') };
}

const toQuotaOfType = (item: Item, kind: QuotaKind) => ({
  total: loadMoney(item[`${kind}Total`]),
  allocated: loadMoney(item[`${kind}Allocated`]),
  room: loadMoney(item[`${kind}Room`]),
});

/**
 * Charges a change of budgets. When `enforced`, the room is checked in the same step that takes it, so that two settings at once
 * cannot overshoot (CUS-090); a distributor's own settings count without being checked (CUS-088).
 */
export function chargeQuota(resellerId: string, charge: QuotaCharge, enforced: boolean): Write[] {
  if (isNothing(charge)) return [];
  const checked = enforced ? KINDS.filter((kind) => charge[kind] > ZERO) : [];
  return [
    {
      table: 'budgets',
      update: key(resellerId),
      set: `ADD ${KINDS.map((kind) => `${kind}Allocated :${kind}, ${kind}Room :${kind}Back`).join(', ')}`,
      condition: checked.length > 0 ? checked.map((kind) => `${kind}Room >= :${kind}`).join(' AND ') : undefined,
      values: Object.fromEntries(
        KINDS.flatMap((kind) => [
          [`:${kind}`, storeMoney(charge[kind])],
          [`:${kind}Back`, storeMoney(negate(charge[kind]))],
        ]),
      ),
    },
  ];
}

/** Gives a reseller its quotas, or 0.00 when the right is withdrawn; existing budgets stay allocated (CUS-088, DEV-129). */
export function replaceTotals(before: Quota, totals: Readonly<Record<QuotaKind, Money>>): Write {
  const more = (kind: QuotaKind): Money => subtract(totals[kind], before[kind].total);
  return {
    table: 'budgets',
    update: key(before.resellerId),
    set: 'SET monthlyTotal = :monthly, oneTimeTotal = :oneTime ADD monthlyRoom :moreMonthly, oneTimeRoom :moreOneTime',
    condition: 'attribute_not_exists(monthlyTotal) OR (monthlyTotal = :seenMonthly AND oneTimeTotal = :seenOneTime)',
    values: {
      ':monthly': storeMoney(totals.monthly),
      ':oneTime': storeMoney(totals.oneTime),
      ':moreMonthly': storeMoney(more('monthly')),
      ':moreOneTime': storeMoney(more('oneTime')),
      ':seenMonthly': storeMoney(before.monthly.total),
      ':seenOneTime': storeMoney(before.oneTime.total),
    },
  };
}

/** Moves room of one kind: taken (negative) only if it is there. */
export const moveRoom = (resellerId: string, kind: QuotaKind, by: Money): Write => ({
  table: 'budgets',
  update: key(resellerId),
  set: `ADD ${kind}Room :by`,
  condition: by < ZERO ? `${kind}Room >= :needed` : undefined,
  values: { ':by': storeMoney(by), ...(by < ZERO ? { ':needed': storeMoney(negate(by)) } : {}) },
});

/** Charges a change for which room was put aside before: only what is given back to the other type moves room here. */
export function chargeAside(resellerId: string, charge: QuotaCharge, kind: QuotaKind): Write[] {
  if (isNothing(charge)) return [];
  const other = kind === 'monthly' ? 'oneTime' : 'monthly';
  return [
    {
      table: 'budgets',
      update: key(resellerId),
      set: `ADD ${kind}Allocated :charge, ${other}Allocated :other, ${other}Room :otherBack`,
      values: {
        ':charge': storeMoney(charge[kind]),
        ':other': storeMoney(charge[other]),
        ':otherBack': storeMoney(negate(charge[other])),
      },
    },
  ];
}
