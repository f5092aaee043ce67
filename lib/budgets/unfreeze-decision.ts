import type { FrozenLevel } from '#lib/customers/index.ts';
import type { Money } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type Budget, type OpenAlert, periodOf, type ThresholdState } from './budget.ts';
import { reachedThresholds } from './threshold.ts';
import { afterUnfreeze, inPeriod, rearm } from './threshold-state.ts';

/**
 * What a person's unfreezing does to the thresholds: an alert of 100 percent that waited for it is cleared (CUS-039), and where the
 * budget is exhausted the automatic freeze starts over at the next full hour (CUS-028, CUS-111).
 */
export function thresholdsAfterUnfreeze(
  { budget, usage }: { readonly budget: Budget; readonly usage: Money },
  level: FrozenLevel,
  now: Instant,
): { thresholds: ThresholdState; cleared: readonly OpenAlert[] } {
  const month = billingMonthOf(now);
  const reached = reachedThresholds(usage, budget.amount);
  const turned = inPeriod(budget.thresholds, periodOf(budget, month), month);
  const armed = rearm(turned.state, reached, false);
  const unfreezing = { level, exhausted: reached.includes(100), automatic: budget.exhaustionMode === 'automatic' };
  return {
    thresholds: afterUnfreeze(armed.state, unfreezing, now, month),
    cleared: [...turned.over, ...armed.cleared],
  };
}
