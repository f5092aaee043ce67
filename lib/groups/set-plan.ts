import { loadPartner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { changed, requireVersion } from './change-group.ts';
import { groupErrors } from './errors.ts';
import type { Group } from './group.ts';
import { LIST_PRICE, type PlanLine, requirePlanLines, type ServicePlan } from './plan.ts';
import { putNoPlan, putPlan } from './plan-store.ts';

export interface PlanWish {
  readonly name: string;
  readonly lines: readonly PlanLine[];
}

/** CUS-233: in force from this month on. @throws Refusal PLAN_ON_PARTNER_GROUP, PLAN_LINE_INVALID, GROUP_NOT_FOUND, VERSION_CONFLICT */
export async function setPlan(
  { groupId, kind, parentId }: Group,
  wish: PlanWish,
  expectedVersion: number,
  now: Instant,
): Promise<{ group: Group; plan: ServicePlan }> {
  if (kind !== 'customer') throw new Refusal(groupErrors.PLAN_ON_PARTNER_GROUP);
  requirePlanLines(wish.lines);
  await requireCurrency(wish.lines, parentId);
  const plan: ServicePlan = { ...wish, periodType: 'month', since: billingMonthOf(now) };
  const group = await changed(groupId, 'plan-set', now, (before) => {
    requireVersion(before, expectedVersion);
    return { after: { ...before, planName: plan.name }, writes: [putPlan(groupId, plan)], traced: { plan } };
  });
  return { group, plan };
}

/** @throws Refusal PLAN_NOT_SET, GROUP_NOT_FOUND */
export const removePlan = ({ groupId }: Group, now: Instant): Promise<Group> =>
  changed(groupId, 'plan-removed', now, (before) => {
    if (before.planName === undefined) throw new Refusal(groupErrors.PLAN_NOT_SET);
    return { after: { ...before, planName: undefined }, writes: [putNoPlan(groupId, billingMonthOf(now))] };
  });

/** CUS-254: usage is counted in the payment currency of the tier-1 partner. @throws Refusal PLAN_LINE_INVALID */
async function requireCurrency(lines: readonly PlanLine[], parentId: string): Promise<void> {
  const line = lines.findIndex(({ metric }) => metric === LIST_PRICE);
  if (line < 0) return;
  const parent = await loadPartner(parentId);
  const counting = parent?.distributorId ? await loadPartner(parent.distributorId) : parent;
  const currency = counting?.paymentCurrency;
  if (lines[line]?.unit !== currency) throw new Refusal(groupErrors.PLAN_LINE_INVALID, { line, currency });
}
