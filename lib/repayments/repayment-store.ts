import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Allocation, Repayment } from './repayment.ts';

type Named = Pick<Repayment, 'partnerId' | 'repaymentId'>;

const partition = (partnerId: string): string => `REPAYMENTS#${partnerId}`;
const key = ({ partnerId, repaymentId }: Named): Key => ({
  pk: partition(partnerId),
  sk: `REPAYMENT#${repaymentId}`,
});
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const listKeyOf = (partnerId: string): string => `REPAYMENTS#${partnerId}`;

/** Card charges whose outcome is not known yet lie here, spread by id. */
const PENDING_SHARDS = 8;

/** A new repayment; the same id a second time is refused (ConditionFailed). */
export const putNewRepayment = (repayment: Repayment): Write => ({
  table: 'repayments',
  put: { ...key(repayment), ...repayment, ...indexes(repayment) },
  condition: 'attribute_not_exists(pk)',
});

/** The next state of a repayment, if nobody wrote since `before` was read (ConditionFailed). */
export const replaceRepayment = (before: Repayment, after: Repayment): Write => ({
  table: 'repayments',
  put: { ...key(after), ...after, ...indexes(after), version: before.version + 1 },
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadRepayment(named: Named): Promise<Repayment | undefined> {
  const item = await getItem('repayments', key(named));
  return item && toRepayment(item);
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** A partner's repayments, the newest first. */
export async function listRepayments(
  partnerId: string,
  page: Page,
): Promise<{ repayments: Repayment[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'repayments',
    ...listIndex,
    pk: listKeyOf(partnerId),
    newestFirst: true,
    ...page,
  });
  return { repayments: answer.items.map(toRepayment), nextKey: answer.nextKey };
}

/** Charges that the processor is to be asked about by now, from every shard. */
export async function listToAsk(now: Instant, atMost: number): Promise<Repayment[]> {
  const pages = await Promise.all(
    Array.from({ length: PENDING_SHARDS }, (_, shard) =>
      queryPage({
        table: 'repayments',
        index: 'byTime',
        keys: { pk: 'timeKey', sk: 'timeSort' },
        pk: pendingKey(shard),
        sk: { between: ['0', `${now}~`] },
        limit: atMost,
      }),
    ),
  );
  return pages.flatMap(({ items }) => items).map(toRepayment);
}

const pendingKey = (shard: number): string => `PENDING#${shard}`;

function indexes(repayment: Repayment): Record<string, string> {
  const { partnerId, repaymentId, createdAt, status, charge } = repayment;
  const list = { listKey: listKeyOf(partnerId), listSort: `${createdAt}#${repaymentId}` };
  if (status !== 'pending' || !charge?.askAt) return list;
  return {
    ...list,
    timeKey: pendingKey(shardOf(repaymentId, PENDING_SHARDS)),
    timeSort: `${charge.askAt}#${repaymentId}`,
  };
}

function toRepayment(item: Item): Repayment {
  const { pk: _pk, sk: _sk, listKey: _lk, listSort: _ls, timeKey: _tk, timeSort: _ts, ...repayment } = item;
  const allocations = (repayment.allocations as Allocation[]).map(({ billId, amount }) => ({
    billId,
    amount: loadMoney(amount),
  }));
  return { ...repayment, amount: loadMoney(repayment.amount), allocations } as unknown as Repayment;
}
