import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { Days } from './summary.ts';
import type { SummaryMessage } from './summary-message.ts';
import { loadDayCounts, loadSummaries, putSummary, sumRecords } from './summary-store.ts';

/**
 * Sums up a day and keeps it, unless that was done before. A day whose records the index does not show completely yet is left: who
 * looks at it next asks again.
 */
export async function aggregateDay({ day, ...of }: SummaryMessage): Promise<void> {
  const count = (await loadDayCounts(of)).get(day);
  if ((await loadSummaries(of)).get(day)?.count === count) return;
  const days = new Days(of.cycle);
  await sumRecords(of, { first: day, last: day }, days);
  const summary = days.of(day);
  if (summary.count !== count) return;
  try {
    await transact({ writes: [putSummary(of, day, summary)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // the same message at once, or one that already saw more records
  }
}
