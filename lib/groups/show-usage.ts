import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { groupErrors } from './errors.ts';
import type { Group } from './group.ts';
import type { ServicePlan } from './plan.ts';
import { loadPlan } from './plan-store.ts';
import { loadGroupUsage, type MemberUsage } from './read-usage.ts';
import type { Usage } from './usage.ts';
import { namesOf } from './visible-accounts.ts';

export interface UsageReading {
  readonly group: Group;
  readonly month: BillingMonth;
  readonly running: boolean;
  readonly plan?: ServicePlan;
  readonly usage: Usage;
  readonly memberCount: number;
  readonly page: readonly { readonly accountId: string; readonly accountName: string; readonly usage: Usage }[];
  /** The account after which the next page goes on. */
  readonly next?: string;
}

export interface UsageWish {
  readonly month?: BillingMonth;
  readonly limit: number;
  readonly after?: string;
}

/**
 * CUS-234, CUS-235. The sum is that of all members; a director reads single ones of his team alone.
 * @throws Refusal USAGE_OF_PARTNER_GROUP, PERIOD_IN_FUTURE
 */
export async function showUsage(actor: Actor, group: Group, wish: UsageWish, now: Instant): Promise<UsageReading> {
  if (group.kind !== 'customer') throw new Refusal(groupErrors.USAGE_OF_PARTNER_GROUP);
  const present = billingMonthOf(now);
  const month = wish.month ?? present;
  if (month > present) throw new Refusal(groupErrors.PERIOD_IN_FUTURE);
  const [plan, { total, members }] = await Promise.all([
    loadPlan(group.groupId, month),
    loadGroupUsage(group, month, now),
  ]);
  const { page, next } = cut(members, wish);
  const names = await namesOf(
    actor,
    group.kind,
    page.map(({ member }) => member.accountId),
  );
  const shown = page.flatMap(({ member: { accountId }, usage }) => {
    const accountName = names.get(accountId);
    return accountName === undefined ? [] : { accountId, accountName, usage };
  });
  const running = month === present;
  return { group, month, running, plan, usage: total, memberCount: members.length, page: shown, next };
}

function cut(members: readonly MemberUsage[], { limit, after = '' }: UsageWish) {
  const rest = members.filter(({ member }) => member.accountId > after);
  const page = rest.slice(0, limit);
  return { page, next: rest.length > limit ? page.at(-1)?.member.accountId : undefined };
}
