import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { PlanLine, ServicePlan } from './plan.ts';

const TABLE = 'groups';
const key = (groupId: string, since: BillingMonth) => ({ pk: `GROUP#${groupId}`, sk: `PLAN#${since}` });

/** The plan of a month: the last one set or removed in it or before, so that closed months keep theirs (CUS-237). */
export async function loadPlan(groupId: string, month: BillingMonth): Promise<ServicePlan | undefined> {
  const { items } = await queryPage({
    table: TABLE,
    pk: `GROUP#${groupId}`,
    sk: { between: ['PLAN#', `PLAN#${month}`] },
    newestFirst: true,
    limit: 1,
  });
  return items[0] && items[0].lines !== undefined ? toPlan(items[0]) : undefined;
}

/** Replaces what was set earlier in the month; held by the group's version in the same transaction. */
export const putPlan = (groupId: string, plan: ServicePlan): Write => ({
  table: TABLE,
  put: {
    ...key(groupId, plan.since),
    ...plan,
    lines: plan.lines.map((line) => ({ ...line, expectedQuantity: storeMoney(line.expectedQuantity) })),
  },
});

/** From this month on there is none; held by the group's version. */
export const putNoPlan = (groupId: string, since: BillingMonth): Write => ({
  table: TABLE,
  put: { ...key(groupId, since), since },
});

function toPlan(item: Item): ServicePlan {
  const { pk: _pk, sk: _sk, ...plan } = item as Item & { lines: PlanLine[] };
  const lines = plan.lines.map((line) => ({ ...line, expectedQuantity: loadMoney(line.expectedQuantity) }));
  return { ...plan, lines } as unknown as ServicePlan;
}
