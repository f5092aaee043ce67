import { getItem } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';

const key = { pk: 'FEED', sk: 'COMPLETE' };

/** Up to when the usage feed says that it has delivered everything; shown with every budget, estimate and bill (CUS-102). */
export async function usageCompleteThrough(): Promise<Instant | undefined> {
  const item = await getItem('expenditures', key);
  return item?.completeThrough as Instant | undefined;
}

/** Moves the watermark forward; an earlier time changes nothing. */
export async function declareComplete(completeThrough: Instant): Promise<void> {
  try {
    await transact({
      aside: true,
      writes: [
        {
          table: 'expenditures',
          update: key,
          set: 'SET completeThrough = :time',
          condition: 'attribute_not_exists(pk) OR completeThrough < :time',
          values: { ':time': completeThrough },
        },
      ],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // already further
  }
}
