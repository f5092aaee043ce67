import { resellerPermissionChanged } from '#events/budgets.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { appendGrantChange, type GrantSettings } from '#lib/shared/grant-history.ts';
import { exactText, type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type PartnerGrant, type PartnerStanding, putStanding, requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { budgetErrors } from './errors.ts';
import type { Quota } from './quota.ts';
import { loadQuota, replaceTotals } from './quota-store.ts';

const CENT = parseMoney('0.01');
const GRANT: PartnerGrant = 'budget-and-freeze';

export interface PermissionWish {
  readonly authorized: boolean;
  readonly monthlyQuota: Money;
  readonly oneTimeQuota: Money;
}

export interface BudgetPermission {
  readonly authorized: boolean;
  readonly quota: Quota;
}

/** DEV-125, said before a code is asked for (ORG-173). @throws Refusal QUOTA_INVALID */
export function checkPermissionWish({ monthlyQuota, oneTimeQuota }: Omit<PermissionWish, 'authorized'>): void {
  if (!isQuota(monthlyQuota) || !isQuota(oneTimeQuota)) throw new Refusal(budgetErrors.QUOTA_INVALID);
}

/**
 * A distributor authorizes a reseller to set budgets and freeze, within quotas, or withdraws that (DEV-125 to DEV-131). Budgets and
 * freezes stay as they are; only the controller changes, at once (CUS-019).
 * @throws Refusal QUOTA_INVALID
 */
export async function setBudgetPermission(
  resellerId: string,
  wish: PermissionWish,
  member: Member,
  now: Instant,
): Promise<BudgetPermission> {
  checkPermissionWish(wish);
  const totals = wish.authorized
    ? { monthly: wish.monthlyQuota, oneTime: wish.oneTimeQuota }
    : { monthly: ZERO, oneTime: ZERO };
  return redecide(async () => {
    const before = await requireStanding(resellerId);
    const quota = await loadQuota(resellerId);
    await transact({
      writes: [
        // Somebody else's switch is no conflict of the caller's: it is decided again.
        { ...putStanding(withGrant(before, wish.authorized), before.version), onConflict: undefined },
        replaceTotals(quota, totals),
        appendGrantChange({
          partnerId: resellerId,
          grant: GRANT,
          changedBy: member,
          before: settingsOf(before.grants.includes(GRANT), quota.monthly.total, quota.oneTime.total),
          after: settingsOf(wish.authorized, totals.monthly, totals.oneTime),
          changedAt: now,
        }),
      ],
      events: [
        event(
          resellerPermissionChanged,
          {
            resellerId,
            distributorId: member.partnerId,
            authorized: wish.authorized,
            monthlyQuota: exactText(totals.monthly),
            oneTimeQuota: exactText(totals.oneTime),
            changedBy: member.id,
            changedAt: now,
          },
          now,
        ),
      ],
      trace: { before: permissionOf(before, quota), after: { authorized: wish.authorized, ...totals } },
    });
    return loadPermission(resellerId);
  });
}

/** CUS-086. */
export async function loadPermission(resellerId: string): Promise<BudgetPermission> {
  const [standing, quota] = await Promise.all([requireStanding(resellerId), loadQuota(resellerId)]);
  return { authorized: standing.grants.includes(GRANT), quota };
}

const permissionOf = ({ grants }: PartnerStanding, { monthly, oneTime }: Quota) => ({
  authorized: grants.includes(GRANT),
  monthly: monthly.total,
  oneTime: oneTime.total,
});

const settingsOf = (authorized: boolean, monthlyQuota: Money, oneTimeQuota: Money): GrantSettings => ({
  authorized,
  monthlyQuota: exactText(monthlyQuota),
  oneTimeQuota: exactText(oneTimeQuota),
});

const withGrant = (before: PartnerStanding, granted: boolean): PartnerStanding => ({
  ...before,
  grants: [...before.grants.filter((grant) => grant !== GRANT), ...(granted ? [GRANT] : [])],
});

const isQuota = (amount: Money): boolean => amount >= ZERO && amount % CENT === 0n;
