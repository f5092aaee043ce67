import { getItems } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';

const TABLE = 'repayments';
const key = (billId: string) => ({ pk: `BILL#${billId}`, sk: 'REMINDERS' });

/** The last reminder that has left, by bill; 0 for a bill of which nobody was reminded. */
export async function loadStages(billIds: readonly string[]): Promise<(billId: string) => number> {
  const items = await getItems(TABLE, billIds.map(key));
  const stages = new Map(items.map(({ billId, stage }) => [String(billId), Number(stage)]));
  return (billId) => stages.get(billId) ?? 0;
}

/** Notes that a reminder leaves; one that left in the meantime is a ConditionFailed. */
export const moveStage = (billId: string, seen: number, stage: number): Write => ({
  table: TABLE,
  put: { ...key(billId), billId, stage },
  condition: seen === 0 ? 'attribute_not_exists(pk)' : 'stage = :seen',
  values: seen === 0 ? undefined : { ':seen': seen },
});
