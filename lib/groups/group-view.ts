import * as z from 'zod';
import { DELIVERIES } from '#lib/budgets/index.ts';
import { exactText, fixedText } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthText } from '#lib/shared/time.ts';
import type { GroupAlert } from './alert-store.ts';
import type { AssignOutcome } from './assign-batch.ts';
import { GROUP_KINDS, GROUP_STATUSES, type Group, stateIn, USAGE_STATES } from './group.ts';
import { maskedAccount } from './happened.ts';
import type { Membership } from './membership.ts';
import type { ServicePlan } from './plan.ts';

export const usageState = z
  .enum(USAGE_STATES)
  .nullable()
  .meta({ description: 'Worst line of the plan this month, as last found; null without a plan' });

export const groupView = z.object({
  groupId: z.string(),
  kind: z.enum(GROUP_KINDS),
  parentId: z.string(),
  name: z.string(),
  account: z
    .object({ contactName: z.string(), email: z.string(), phone: z.string(), countryRegion: z.string() })
    .meta({ description: 'Name, e-mail and phone masked' }),
  signIn: z.boolean().meta({ description: 'Whether an identity acts as the account of the group' }),
  status: z.enum(GROUP_STATUSES),
  members: z.number().int(),
  planName: z.string().nullable(),
  budget: z.string().nullable().meta({ description: 'Monthly' }),
  state: usageState,
  createdAt: z.string(),
  version: z.number().int(),
});

export const toGroupView = (group: Group, month: BillingMonth): z.input<typeof groupView> => ({
  groupId: group.groupId,
  kind: group.kind,
  parentId: group.parentId,
  name: group.name,
  account: maskedAccount(group.account),
  signIn: group.subject !== undefined,
  status: group.status,
  members: group.members,
  planName: group.planName ?? null,
  budget: group.budget === undefined ? null : exactText(group.budget),
  state: stateIn(group, month) ?? null,
  createdAt: group.createdAt,
  version: group.version,
});

export const membershipView = z.object({
  accountId: z.string().meta({ description: "A customer's id, or a partner's" }),
  groupId: z.string(),
  joinedAt: z.string(),
  leftAt: z.string().nullable(),
});

export const toMembershipView = ({ accountId, groupId, joinedAt, leftAt }: Membership) => ({
  accountId,
  groupId,
  joinedAt,
  leftAt: leftAt ?? null,
});

const assigned = membershipView.extend({ status: z.literal('done') });
const refused = z.object({ accountId: z.string(), status: z.literal('refused'), code: z.string(), detail: z.string() });
export const assignedView = z.object({ results: z.array(z.discriminatedUnion('status', [assigned, refused])) });

/** In the order of the request. */
export const toAssignedView = (outcomes: readonly AssignOutcome[]): z.input<typeof assignedView> => ({
  results: outcomes.map((outcome) =>
    'done' in outcome
      ? { ...toMembershipView(outcome.done), status: 'done' }
      : {
          accountId: outcome.accountId,
          status: 'refused',
          code: outcome.refused.definition.code,
          detail: outcome.refused.definition.message,
        },
  ),
});

export const planView = z.object({
  groupId: z.string(),
  name: z.string(),
  periodType: z.literal('month'),
  since: billingMonthText,
  lines: z.array(z.object({ metric: z.string(), unit: z.string(), expectedQuantity: z.string() })),
  version: z.number().int().meta({ description: 'Of the group' }),
});

export const toPlanView = ({ group, plan }: { group: Group; plan: ServicePlan }): z.input<typeof planView> => ({
  ...plan,
  groupId: group.groupId,
  lines: plan.lines.map((line) => ({ ...line, expectedQuantity: exactText(line.expectedQuantity) })),
  version: group.version,
});

export const groupAlertView = z.object({
  period: z.string(),
  threshold: z.union([z.literal(75), z.literal(90), z.literal(100)]),
  amount: z.string(),
  usage: z.string().meta({ description: 'At the moment of raising, as are amount and percent' }),
  percent: z.string(),
  raisedAt: z.string(),
  delivery: z.enum(DELIVERIES),
});

export const toGroupAlertView = (alert: GroupAlert): z.input<typeof groupAlertView> => ({
  ...alert,
  amount: exactText(alert.amount),
  usage: fixedText(alert.usage, 8),
});

/** The fields that `reveal-group-field` gives in clear. */
export const REVEALABLE_GROUP_FIELDS = ['contactName', 'email', 'phone'] as const;
