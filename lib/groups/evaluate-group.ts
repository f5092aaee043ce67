import { groupBudgetAlertRaised, groupUsageReached } from '#events/groups.ts';
import { count } from '#lib/shared/log.ts';
import { exactText, percentText, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type GroupAlert, groupAlertId, putGroupAlert } from './alert-store.ts';
import { assessGroup, type GroupFacts, type GroupFinding } from './evaluation.ts';
import type { Group } from './group.ts';
import { loadGroup, replaceStanding } from './group-store.ts';
import { tracePartner } from './happened.ts';
import { noteReading } from './meter.ts';
import { loadMeter, storeReading } from './meter-store.ts';
import { lineUsages } from './plan.ts';
import { loadPlan } from './plan-store.ts';
import { loadGroupUsage } from './read-usage.ts';

interface Facts extends GroupFacts {
  readonly group: Group;
}

/**
 * Compares what a group's members use this month with its plan and its budget; tells of what is new (CUS-236, CUS-239), restricts nothing.
 * The commit fails when members, settings or the standing changed since they were read, so what is told of was true of one moment, and
 * twice at once tells once.
 */
export async function evaluateGroup(groupId: string, now: Instant): Promise<void> {
  await redecide(async () => {
    const group = await loadGroup(groupId);
    if (!group || !isWatched(group)) return;
    const month = billingMonthOf(now);
    const meter = await loadMeter(groupId, month); // before the members: what is counted after this stays in it
    const [plan, { total: usage }] = await Promise.all([loadPlan(groupId, month), loadGroupUsage(group, month, now)]);
    const facts = { group, plan, usage };
    const finding = assessGroup(facts, now);
    if (finding) await commit(facts, finding, now);
    const noted = noteReading(meter, { ...facts, standing: finding?.standing ?? group.standing }, month);
    if (noted) await storeReading(groupId, month, noted);
  });
}

/** Without plan and budget there is nothing to compare with (CUS-238). */
export const isWatched = ({ planName, budget }: Pick<Group, 'planName' | 'budget'>): boolean =>
  planName !== undefined || budget !== undefined;

async function commit(facts: Facts, finding: GroupFinding, now: Instant): Promise<void> {
  const { group } = facts;
  const alerts = alertsOf(facts, finding, now);
  const highest = alerts.at(-1);
  await transact({
    writes: [replaceStanding(group, finding.standing), ...alerts.map(putGroupAlert)],
    events: [...(highest ? [alertEvent(group, highest)] : []), ...usageEvents(facts, finding, now)],
    trace: {
      ...tracePartner(group.parentId),
      before: { groupId: group.groupId, standing: group.standing },
      after: { groupId: group.groupId, standing: finding.standing },
    },
  });
  if (highest) count('GroupAlertsRaised', alerts.length);
}

const alertsOf = ({ group, usage }: Facts, { alerts, standing }: GroupFinding, now: Instant): GroupAlert[] =>
  alerts.map((threshold) => ({
    groupId: group.groupId,
    period: standing.period,
    threshold,
    amount: group.budget ?? ZERO,
    usage: usage.amount,
    percent: percentText(usage.amount, group.budget ?? ZERO) ?? '0.00',
    raisedAt: now,
    delivery: threshold === alerts.at(-1) ? 'pending' : 'superseded', // CUS-107
  }));

/** CUS-107: one message, for the highest threshold. */
function alertEvent({ name: groupName, parentId }: Group, alert: GroupAlert): OutgoingEvent {
  const { delivery: _delivery, amount, usage, ...told } = alert;
  const detail = { ...told, groupName, parentId, amount: exactText(amount), usage: exactText(usage) };
  return event(groupBudgetAlertRaised, { ...detail, alertIds: [groupAlertId(alert)] }, alert.raisedAt);
}

function usageEvents({ group, plan, usage }: Facts, { told, standing }: GroupFinding, now: Instant): OutgoingEvent[] {
  if (!told || !plan) return [];
  const { groupId, name: groupName, parentId } = group;
  const lines = lineUsages(plan, usage)
    .filter(({ state }) => state === told)
    .map(({ metric, unit, expectedQuantity, used }) => ({
      metric,
      unit,
      expected: exactText(expectedQuantity),
      used: exactText(used),
    }));
  const which = { groupId, groupName, parentId, planName: plan.name, period: standing.period };
  return [event(groupUsageReached, { ...which, state: told, lines, reachedAt: now }, now)];
}
