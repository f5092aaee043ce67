import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { NO_QUOTA, type Quota } from './quota.ts';

const key = (partnerId: string): Key => ({ pk: `QUOTA#${partnerId}`, sk: 'QUOTA' });

export const QUOTA_SHARDS = 4;
const listKeyOf = (shard: number): string => `QUOTAS#${shard}`;

/** A partner that nobody gave a quota has none (FIN-98). */
export async function loadQuota(partnerId: string): Promise<Quota> {
  const item = await getItem('repayments', key(partnerId));
  return item ? toQuota(item) : { partnerId, ...NO_QUOTA };
}

/** The next state of a quota, if nobody wrote since `before` was read (ConditionFailed). */
export const putQuota = (before: Quota, after: Quota): Write => ({
  table: 'repayments',
  put: {
    ...key(after.partnerId),
    ...after,
    version: before.version + 1,
    listKey: listKeyOf(shardOf(after.partnerId, QUOTA_SHARDS)),
    listSort: after.partnerId,
  },
  condition: before.version === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: before.version === 0 ? undefined : { ':seen': before.version },
});

/** Partners that have a quota, of one of the shards. */
export async function listQuotas(
  shard: number,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ quotas: Quota[]; nextKey?: Record<string, unknown> }> {
  const index = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
  const answer = await queryPage({ table: 'repayments', ...index, pk: listKeyOf(shard), ...page });
  return { quotas: answer.items.map(toQuota), nextKey: answer.nextKey };
}

function toQuota(item: Item): Quota {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...quota } = item;
  const total = quota.total === undefined ? undefined : loadMoney(quota.total);
  return { ...quota, total } as unknown as Quota;
}
