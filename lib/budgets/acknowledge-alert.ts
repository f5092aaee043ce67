import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { BudgetAlert } from './alert.ts';
import { acknowledgeWrite, loadAlert } from './alert-store.ts';
import { budgetErrors } from './errors.ts';

/**
 * A member takes note of an alert. The first one is kept: acknowledging again answers with who did and when.
 * @throws Refusal ALERT_NOT_FOUND; ALERT_CLEARED when nobody had before it was cleared
 */
export async function acknowledgeAlert(alertId: string, member: Member, now: Instant): Promise<BudgetAlert> {
  return redecide(async () => {
    const alert = await loadAlert(alertId);
    if (!alert) throw new Refusal(budgetErrors.ALERT_NOT_FOUND);
    if (alert.acknowledgedAt) return alert;
    if (alert.status === 'cleared') throw new Refusal(budgetErrors.ALERT_CLEARED);
    await transact({
      writes: [acknowledgeWrite(alertId, member.id, now)],
      trace: { customerId: alert.customerId, before: { status: 'open' }, after: { status: 'acknowledged', alertId } },
    });
    return { ...alert, status: 'acknowledged', acknowledgedBy: member.id, acknowledgedAt: now };
  });
}
