import { queryAll } from '#lib/shared/dynamodb.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Write } from '#lib/shared/transaction.ts';

const SHARDS = 8;

/** A partner that got a test coupon stays in the list; whether one still counts is asked of its coupons (FIN-141). */
export const putTestHolder = (partnerId: string): Write => ({
  table: 'coupons',
  put: { pk: partition(shardOf(partnerId, SHARDS)), sk: `PARTNER#${partnerId}`, partnerId },
});

/** Partners that ever got a test coupon. */
export async function* listTestHolders(): AsyncGenerator<string> {
  for (let shard = 0; shard < SHARDS; shard += 1) {
    for await (const item of queryAll({ table: 'coupons', pk: partition(shard) })) yield String(item.partnerId);
  }
}

const partition = (shard: number): string => `TEST-HOLDERS#${shard}`;
