import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';

/**
 * A partner's cards are charged by one round at a time: two that look at the same debt would charge it twice. The others wait here, and
 * are called when the round ends.
 */
export interface Desk {
  readonly partnerId: string;
  /** The round that charges now. */
  readonly roundId?: string;
  readonly waiting: readonly string[];
  readonly version: number;
}

const key = (partnerId: string): Key => ({ pk: `ROUNDS#${partnerId}`, sk: 'DESK' });

export async function loadDesk(partnerId: string): Promise<Desk> {
  const item = await getItem('repayments', key(partnerId));
  if (!item) return { partnerId, waiting: [], version: 0 };
  const { pk: _pk, sk: _sk, ...desk } = item;
  return desk as unknown as Desk;
}

/** The next state of the desk, if nobody wrote since `before` was read (ConditionFailed). */
export const putDesk = (before: Desk, after: Desk): Write => ({
  table: 'repayments',
  put: { ...key(after.partnerId), ...after, version: before.version + 1 },
  condition: before.version === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: before.version === 0 ? undefined : { ':seen': before.version },
});
