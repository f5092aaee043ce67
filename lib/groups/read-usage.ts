import { type CustomerMonth, loadMonthsOf } from '#lib/expenditures/index.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import type { Group } from './group.ts';
import { listMembers, listMembersAtEnd } from './member-store.ts';
import type { Membership } from './membership.ts';
import { addUsage, NO_USAGE, type Usage } from './usage.ts';

export interface MemberUsage {
  readonly member: Membership;
  readonly usage: Usage;
}

/** Usage of a group in one month: of all members together and of each, in the order of their ids (CUS-234, CUS-235). */
export interface GroupUsage {
  readonly total: Usage;
  readonly members: readonly MemberUsage[];
}

/**
 * CUS-237: the running month counts the present members with their whole month, a month that is over those who were in the group when it
 * ended. Members are read in batches, never one by one.
 */
export async function loadGroupUsage(
  { groupId }: Pick<Group, 'groupId'>,
  month: BillingMonth,
  now: Instant,
): Promise<GroupUsage> {
  const running = month === billingMonthOf(now);
  const members = running ? await listMembers(groupId) : await listMembersAtEnd(groupId, month);
  const months = await loadMonthsOf(
    members.flatMap(({ partnerId, accountId: customerId }) =>
      partnerId === undefined ? [] : { partnerId, customerId, month },
    ),
  );
  const usages = new Map(months.map((each) => [keyOf(each), toUsage(each)]));
  const used = members.map((member) => ({
    member,
    usage: usages.get(keyOf({ partnerId: member.partnerId ?? '', customerId: member.accountId })) ?? NO_USAGE,
  }));
  return { total: used.map(({ usage }) => usage).reduce(addUsage, NO_USAGE), members: used };
}

const keyOf = ({ partnerId, customerId }: Pick<CustomerMonth, 'partnerId' | 'customerId'>): string =>
  `${partnerId}#${customerId}`;

const toUsage = ({ usage, products }: CustomerMonth): Usage => ({ amount: usage, products });
