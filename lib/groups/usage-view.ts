import * as z from 'zod';
import { exactText, fixedText, percentText } from '#lib/shared/money.ts';
import { billingMonthText } from '#lib/shared/time.ts';
import { USAGE_STATES } from './group.ts';
import { lineUsages, usedOf, worstOf } from './plan.ts';
import type { UsageReading } from './show-usage.ts';

const line = { metric: z.string(), unit: z.string() };

/** Usage as of now, read from the counters themselves. */
export const groupUsageView = z.object({
  groupId: z.string(),
  period: billingMonthText,
  used: z.string().meta({ description: 'List price of all members together' }),
  planName: z.string().nullable(),
  state: z.enum(USAGE_STATES).nullable().meta({ description: 'Of the worst line; null without a plan' }),
  lines: z.array(
    z.object({ ...line, expected: z.string(), used: z.string(), percent: z.string(), state: z.enum(USAGE_STATES) }),
  ),
  budget: z
    .object({ amount: z.string(), percent: z.string() })
    .nullable()
    .meta({ description: 'Of the running month; null in others' }),
  memberCount: z.number().int(),
  members: z
    .array(
      z.object({
        accountId: z.string(),
        accountName: z.string(),
        used: z.string(),
        lines: z.array(z.object({ ...line, used: z.string() })),
      }),
    )
    .meta({ description: 'A page of those members that the caller may see' }),
  nextCursor: z.string().optional(),
});

export function toGroupUsageView(
  reading: UsageReading,
  nextCursor: string | undefined,
): z.input<typeof groupUsageView> {
  const { group, month, plan, usage, memberCount, page, running } = reading;
  const lines = plan && lineUsages(plan, usage);
  const budget = running ? group.budget : undefined;
  return {
    groupId: group.groupId,
    period: month,
    used: fixedText(usage.amount, 8),
    planName: plan?.name ?? null,
    state: lines ? worstOf(lines) : null,
    lines: (lines ?? []).map(({ metric, unit, expectedQuantity, used, state }) => ({
      metric,
      unit,
      expected: exactText(expectedQuantity),
      used: fixedText(used, 8),
      percent: percentText(used, expectedQuantity) ?? '0.00',
      state,
    })),
    budget:
      budget === undefined ? null : { amount: exactText(budget), percent: percentText(usage.amount, budget) ?? '0.00' },
    memberCount,
    members: page.map(({ accountId, accountName, usage: own }) => ({
      accountId,
      accountName,
      used: fixedText(own.amount, 8),
      lines: (plan?.lines ?? []).map((each) => ({
        metric: each.metric,
        unit: each.unit,
        used: fixedText(usedOf(own, each), 8),
      })),
    })),
    nextCursor,
  };
}
