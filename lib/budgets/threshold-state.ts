import { type BillingMonth, type Instant, nextFullHour } from '#lib/shared/time.ts';
import type { BudgetType, Lifted, OpenAlert, Period, ThresholdState } from './budget.ts';
import type { Threshold } from './threshold.ts';

/**
 * The state as it reads in `period`: in another one nothing is raised, and what is still open there is to be cleared. This is all that
 * the turn of a month takes, whether or not a job has run (CUS-075, CUS-252, CUS-266). It never turns back: a change that began before
 * midnight and is committed after another one had turned the month goes with that.
 */
export function inPeriod(
  state: ThresholdState,
  period: Period,
  month: BillingMonth,
): { state: ThresholdState; over: readonly OpenAlert[] } {
  if (state.period === period || isLaterMonth(state.period, period)) return { state, over: [] };
  // A period can come back within its month, by a change of type and back; its alerts then go on counting.
  const recent = Object.entries(state.occurrences).filter(
    ([key]) => key.startsWith(`${period}#`) || (key.split('#')[1] ?? '') >= month,
  );
  return {
    state: { ...state, period, raised: [], open: [], occurrences: Object.fromEntries(recent) },
    over: state.open,
  };
}

/** Somebody has turned the month already. */
export const isLaterMonth = (period: Period, than: Period): boolean =>
  period.startsWith('monthly#') && than.startsWith('monthly#') && period > than;

/**
 * Arms the thresholds that are not reached any more and clears their alerts (CUS-038, CUS-108).
 * @param frozenForExhaustion keeps an alert of 100 percent open: CUS-039 asks for a larger budget and for unfreezing
 */
export function rearm(
  state: ThresholdState,
  reached: readonly Threshold[],
  frozenForExhaustion: boolean,
): { state: ThresholdState; cleared: readonly OpenAlert[] } {
  const stays = ({ threshold }: OpenAlert): boolean =>
    reached.includes(threshold) || (threshold === 100 && frozenForExhaustion);
  const raised = state.raised.filter((threshold) => reached.includes(threshold));
  return {
    state: { ...state, raised, open: state.open.filter(stays) },
    cleared: state.open.filter((alert) => !stays(alert)),
  };
}

/** CUS-108: a repeated alert gets the next number and closes an earlier one that is still open. */
export function raise(
  state: ThresholdState,
  alert: OpenAlert & { readonly occurrence: number },
): { state: ThresholdState; cleared: readonly OpenAlert[] } {
  const { alertId, threshold, occurrence } = alert;
  const others = state.open.filter((each) => each.threshold !== threshold);
  return {
    state: {
      ...state,
      raised: [...state.raised, threshold],
      open: [...others, { alertId, threshold }],
      occurrences: { ...state.occurrences, [occurrenceKey(state.period, threshold)]: occurrence },
    },
    cleared: state.open.filter((each) => each.threshold === threshold),
  };
}

export const nextOccurrence = ({ period, occurrences }: ThresholdState, threshold: Threshold): number =>
  (occurrences[occurrenceKey(period, threshold)] ?? 0) + 1;

const occurrenceKey = (period: Period, threshold: Threshold): string => `${period}#${threshold}`;

/** Exhaustion has been acted on and nobody unfroze the customer since; with a monthly budget every month asks anew. */
export const isEnforced = (state: ThresholdState, type: BudgetType, month: BillingMonth): boolean =>
  state.enforcedIn !== undefined && (type === 'one-time' || state.enforcedIn >= month);

/** What a person lifted, while it still matters: a monthly budget forgets it with the month. */
export const liftedNow = (state: ThresholdState, type: BudgetType, month: BillingMonth): Lifted | undefined =>
  state.lifted && (type === 'one-time' || state.lifted.month >= month) ? state.lifted : undefined;

/** CUS-111: after a person unfroze, the earliest automatic freeze is the next full hour. */
export const mayFreezeAgain = (lifted: Lifted | undefined, now: Instant): boolean =>
  lifted === undefined || now >= nextFullHour(lifted.at);

/**
 * The state after a person unfroze: the automatic freeze starts over (CUS-028, CUS-111).
 * @param level what was lifted
 */
export function afterUnfreeze(
  state: ThresholdState,
  unfreezing: { level: Lifted['level']; exhausted: boolean; automatic: boolean },
  now: Instant,
  month: BillingMonth,
): ThresholdState {
  const { level, exhausted, automatic } = unfreezing;
  const lifted = exhausted ? { level: automatic ? level : ('account' as const), at: now, month } : undefined; // CUS-109
  return { ...state, enforcedIn: undefined, lifted };
}
