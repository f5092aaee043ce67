import { getItem, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney, sum, ZERO } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type BillRun, PARTNER_STATES, type PartnerState } from './run.ts';

export const runKey = (cycle: BillingMonth): string => `RUN#${cycle}`;
const key = (cycle: BillingMonth): Key => ({ pk: runKey(cycle), sk: 'RUN' });
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const LIST = 'RUNS';

/** A cycle has one run. */
export const putRun = (run: BillRun): Write => ({
  table: 'billing',
  put: { ...key(run.cycle), ...run, listKey: LIST, listSort: run.cycle },
  condition: 'attribute_not_exists(pk)',
});

export async function loadRun(cycle: BillingMonth): Promise<BillRun | undefined> {
  const item = await getItem('billing', key(cycle));
  return item && toRun(item);
}

/** Moves the run past a page of partners. */
export const movePlan = (before: BillRun, startKey: Record<string, unknown> | undefined): Write => ({
  table: 'billing',
  update: key(before.cycle),
  set: startKey
    ? 'SET planned = :planned, startKey = :startKey, version = :next'
    : 'SET planned = :planned, version = :next REMOVE startKey',
  condition: 'version = :seen',
  values: { ':planned': !startKey, ':startKey': startKey, ':seen': before.version, ':next': before.version + 1 },
});

/** Runs, the newest cycle first. */
export async function listRuns(page: {
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}): Promise<{ runs: BillRun[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'billing', ...listIndex, pk: LIST, newestFirst: true, ...page });
  return { runs: answer.items.map(toRun), nextKey: answer.nextKey };
}

/** Partners of a run by state, and what their bills come to. */
export interface Tally {
  readonly partners: Readonly<Record<PartnerState, number>>;
  readonly billAmountExact: Money;
  readonly amountDue: Money;
}

const SHARDS = 16;

const tallyKey = (cycle: BillingMonth, shard: number): Key => ({
  pk: runKey(cycle),
  sk: `TALLY#${String(shard).padStart(2, '0')}`,
});

/** Counts new partners of a run; an item of a transaction is written once, so those of one shard are added together. */
export function tallyExpected(cycle: BillingMonth, partnerIds: readonly string[]): Write[] {
  const added = new Map<number, number>();
  for (const partnerId of partnerIds) {
    const shard = shardOf(partnerId, SHARDS);
    added.set(shard, (added.get(shard) ?? 0) + 1);
  }
  return [...added].map(([shard, count]) => ({
    table: 'billing',
    update: tallyKey(cycle, shard),
    set: 'ADD expected :count',
    values: { ':count': count },
  }));
}

/** Counts a partner's move in the transaction of the move; spread, because thousands of partners move at once. */
export const moveTally = (
  { cycle, partnerId }: { readonly cycle: BillingMonth; readonly partnerId: string },
  move: { readonly from: PartnerState; readonly to: PartnerState; readonly exact?: Money; readonly due?: Money },
): Write => ({
  table: 'billing',
  update: tallyKey(cycle, shardOf(partnerId, SHARDS)),
  set: 'ADD #from :minus, #to :one, billAmountExact :exact, amountDue :due',
  names: { '#from': move.from, '#to': move.to },
  values: {
    ':minus': -1,
    ':one': 1,
    ':exact': storeMoney(move.exact ?? ZERO),
    ':due': storeMoney(move.due ?? ZERO),
  },
});

export async function loadTally(cycle: BillingMonth): Promise<Tally> {
  const shards: Item[] = [];
  for await (const item of queryAll({ table: 'billing', pk: runKey(cycle), sk: { beginsWith: 'TALLY#' } })) {
    shards.push(item);
  }
  const countOf = (state: PartnerState) => shards.reduce((total, shard) => total + Number(shard[state] ?? 0), 0);
  return {
    partners: Object.fromEntries(PARTNER_STATES.map((state) => [state, countOf(state)])) as Record<
      PartnerState,
      number
    >,
    billAmountExact: sum(shards.map((shard) => loadMoney(shard.billAmountExact))),
    amountDue: sum(shards.map((shard) => loadMoney(shard.amountDue))),
  };
}

function toRun(item: Item): BillRun {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...run } = item;
  return run as unknown as BillRun;
}
