import type * as z from 'zod';
import { customerDisassociated } from '#events/customers.ts';
import { usageMoved } from '#events/expenditures.ts';
import { groupChanged, groupMembershipChanged } from '#events/groups.ts';
import { messageFailed, messageSent } from '#events/notifications.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant, instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { groupDeliveryWrite } from './alert-store.ts';
import { evaluateGroup, isWatched } from './evaluate-group.ts';
import { loadGroup } from './group-store.ts';
import { membershipEvent, tracePartner } from './happened.ts';
import { movements } from './join.ts';
import { loadMembership } from './member-store.ts';
import { endsWith } from './membership.ts';
import { mustBeRead } from './meter.ts';
import { addToMeter } from './meter-store.ts';
import type { Usage } from './usage.ts';

export const GROUP_TRIGGERS = [
  usageMoved,
  groupChanged,
  groupMembershipChanged,
  customerDisassociated,
  messageSent,
  messageFailed,
];

/**
 * Whatever moves a group's usage, or what it is compared with, has it evaluated again; an account that left its parent leaves its group;
 * what became of the messages about an alert is noted with it.
 */
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
    case messageSent.name:
      return noteDelivery(messageSent.detail.parse(detail).alertIds, 'sent');
    case messageFailed.name:
      return noteDelivery(messageFailed.detail.parse(detail).alertIds, 'failed');
    default:
      throw new Error(`groups do not follow ${name}`);
  }
}

/**
 * Late usage of a month that is over is shown with it, but told of no more (CUS-252). Below the limits of the group's meter nothing is to be
 * said, and its members are not read.
 */
async function followUsage(moved: z.output<typeof usageMoved.detail>, now: Instant): Promise<void> {
  const month = billingMonthOf(now);
  if (moved.month !== month) return;
  const membership = await loadMembership(moved.customerId);
  if (!membership || membership.partnerId !== moved.partnerId) return;
  const group = await loadGroup(membership.groupId);
  if (!group || !isWatched(group)) return;
  const meter = await addToMeter(group.groupId, month, usageIn(moved));
  if (moved.products === undefined || mustBeRead(meter, group)) await evaluateGroup(group.groupId, now);
}

/** What is less than nothing is left out: told twice it would make the bound too low. */
const usageIn = ({ usage, products = {} }: z.output<typeof usageMoved.detail>): Usage => ({
  amount: parseMoney(usage),
  products: new Map(
    Object.entries(products)
      .map(([product, used]) => [product, parseMoney(used)] as const)
      .filter(([, used]) => used > 0n),
  ),
});

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

async function noteDelivery(alertIds: readonly string[], delivery: 'sent' | 'failed'): Promise<void> {
  for (const write of alertIds.map((alertId) => groupDeliveryWrite(alertId, delivery))) {
    if (!write) continue;
    try {
      await transact({ aside: true, writes: [write] });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // noted before
    }
  }
}
