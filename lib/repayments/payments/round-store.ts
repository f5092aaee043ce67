import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Round } from './round.ts';

type Named = Pick<Round, 'partnerId' | 'roundId'>;

const key = ({ partnerId, roundId }: Named): Key => ({ pk: `ROUNDS#${partnerId}`, sk: `ROUND#${roundId}` });

export const RETRY_SHARDS = 4;
const retryKey = (shard: number): string => `CARD-RETRIES#${shard}`;

/** A round begins once; the same a second time is refused (ConditionFailed). */
export const putNewRound = (round: Round): Write => ({
  table: 'repayments',
  put: { ...key(round), ...round },
  condition: 'attribute_not_exists(pk)',
});

/** The next state of a round, if nobody wrote since `before` was read (ConditionFailed). */
export const replaceRound = (before: Round, after: Round): Write => ({
  table: 'repayments',
  put: {
    ...key(after),
    ...after,
    version: before.version + 1,
    ...(after.retryAt === undefined
      ? {}
      : { timeKey: retryKey(shardOf(after.roundId, RETRY_SHARDS)), timeSort: `${after.retryAt}#${after.roundId}` }),
  },
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadRound(named: Named): Promise<Round | undefined> {
  const item = await getItem('repayments', key(named));
  return item && toRound(item);
}

/** Failed rounds to be followed by another one by now, of one of the shards. */
export async function listRetries(shard: number, now: Instant, limit: number): Promise<Round[]> {
  const page = await queryPage({
    table: 'repayments',
    index: 'byTime',
    keys: { pk: 'timeKey', sk: 'timeSort' },
    pk: retryKey(shard),
    sk: { between: ['0', `${now}~`] },
    limit,
  });
  return page.items.map(toRound);
}

function toRound(item: Item): Round {
  const { pk: _pk, sk: _sk, timeKey: _timeKey, timeSort: _timeSort, ...round } = item;
  return { ...round, target: loadMoney(round.target), charged: loadMoney(round.charged) } as unknown as Round;
}
