import { transact } from '#lib/shared/transaction.ts';
import { loadForecastAlerts, putForecastAlerts } from './alert-store.ts';

/** A partner is told, or not, when a forecast crosses a budget. */
export async function setForecastAlerts(partnerId: string, enabled: boolean): Promise<void> {
  const before = await loadForecastAlerts(partnerId);
  await transact({
    writes: [putForecastAlerts(partnerId, enabled)],
    trace: { partnerId, before: { enabled: before }, after: { enabled } },
  });
}
