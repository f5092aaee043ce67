import type * as z from 'zod';
import { customerDisassociated } from '#events/customers.ts';
import { usageMoved } from '#events/expenditures.ts';
import { groupChanged, groupMembershipChanged } from '#events/groups.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant, instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { evaluateGroup } from './evaluate-group.ts';
import { membershipEvent, tracePartner } from './happened.ts';
import { movements } from './join.ts';
import { loadMembership } from './member-store.ts';
import { endsWith } from './membership.ts';

export const GROUP_TRIGGERS = [usageMoved, groupChanged, groupMembershipChanged, customerDisassociated];

/** Whatever moves a group's usage, or what it is compared with, has it evaluated again; an account that left its parent leaves its group. */
export async function onGroupEvent({ name, detail }: ReceivedEvent, now: Instant): Promise<void> {
  switch (name) {
    case usageMoved.name:
      return followUsage(usageMoved.detail.parse(detail), now);
    case groupMembershipChanged.name:
      return followMembers(groupMembershipChanged.detail.parse(detail), now);
    case groupChanged.name:
      return evaluateGroup(groupChanged.detail.parse(detail).groupId, now);
    case customerDisassociated.name:
      return leaveWithAssociation(customerDisassociated.detail.parse(detail));
    default:
      throw new Error(`groups do not follow ${name}`);
  }
}

/** Late usage of a month that is over is shown with it, but told of no more (CUS-252). */
async function followUsage({ customerId, month }: z.output<typeof usageMoved.detail>, now: Instant): Promise<void> {
  if (month !== billingMonthOf(now)) return;
  const membership = await loadMembership(customerId);
  if (membership) await evaluateGroup(membership.groupId, now);
}

async function followMembers(
  { fromGroupId, toGroupId }: z.output<typeof groupMembershipChanged.detail>,
  now: Instant,
): Promise<void> {
  for (const groupId of [fromGroupId, toGroupId]) if (groupId !== undefined) await evaluateGroup(groupId, now);
}

/** CUS-231. Heard late or twice it leaves a membership of a later association alone. */
async function leaveWithAssociation(ended: z.output<typeof customerDisassociated.detail>): Promise<void> {
  const { customerId } = ended;
  await redecide(async () => {
    const present = await loadMembership(customerId);
    if (!present || !endsWith(present, ended)) return;
    const endedAt = instant(ended.endedAt);
    await transact({
      writes: movements(present, undefined, endedAt),
      events: [membershipEvent(present, undefined, endedAt)],
      trace: {
        ...tracePartner(present.parentId),
        customerId,
        before: { accountId: customerId, groupId: present.groupId },
        after: { accountId: customerId, groupId: null },
      },
    });
  });
}
