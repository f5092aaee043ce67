import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const group = {
  groupId: z.string(),
  groupName: z.string(),
  kind: z.enum(['partner', 'customer']),
  parentId: z.string(),
};

/** CUS-218 to CUS-223, CUS-233. A group was made, changed or deleted. */
export const groupChanged = defineEvent({
  name: 'group.changed',
  version: 1,
  detail: z.object({
    ...group,
    action: z.enum([
      'created',
      'updated',
      'activated',
      'deactivated',
      'deleted',
      'plan-set',
      'plan-removed',
      'budget-set',
      'budget-removed',
    ]),
    changedAt: z.string(),
  }),
});

/** CUS-225 to CUS-231. An account came into a group, went from one to another, or left. */
export const groupMembershipChanged = defineEvent({
  name: 'group.membership-changed',
  version: 1,
  detail: z.object({
    accountId: z.string(),
    kind: z.enum(['partner', 'customer']),
    parentId: z.string(),
    /** Absent when it was in none. */
    fromGroupId: z.string().optional(),
    /** Absent when it is in none now. */
    toGroupId: z.string().optional(),
    changedAt: z.string(),
  }),
});

/** CUS-239. The usage of a group's members came near its service plan, or above it; once per state and month. */
export const groupUsageReached = defineEvent({
  name: 'group.usage-reached',
  version: 1,
  detail: z.object({
    groupId: z.string(),
    groupName: z.string(),
    parentId: z.string(),
    planName: z.string(),
    period: z.string(),
    state: z.enum(['approaching', 'exceeded']),
    /** The lines that are in this state. */
    lines: z.array(z.object({ metric: z.string(), unit: z.string(), expected: z.string(), used: z.string() })).min(1),
    reachedAt: z.string(),
  }),
});

/** The usage of a group's members reached thresholds of its budget; one fact for the highest, once per threshold and month. */
export const groupBudgetAlertRaised = defineEvent({
  name: 'group.budget-alert-raised',
  version: 1,
  detail: z.object({
    groupId: z.string(),
    groupName: z.string(),
    parentId: z.string(),
    period: z.string(),
    amount: z.string(),
    usage: z.string(),
    percent: z.string(),
    threshold: z.union([z.literal(75), z.literal(90), z.literal(100)]),
    /** The alert that its messages announce; absent in what was published before deliveries were noted. */
    alertIds: z.array(z.string()).optional(),
    raisedAt: z.string(),
  }),
});
