import { getItem, type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { book, type FinanceAccount, movementOf, type StatementEntry } from './account.ts';
import { type AccountName, balanced, isShown, type Leg, type Posting, placeOf } from './posting.ts';
import { statementKey } from './statement-store.ts';

const SHARDS = 16;
const BALANCE = 'balance:';

const headKey = (partnerId: string): Key => ({ pk: `LEDGER#${partnerId}`, sk: 'BALANCES' });
const postingKey = (partnerId: string, postingId: string): Key => ({
  pk: `LEDGER#${partnerId}`,
  sk: `POSTING#${postingId}`,
});
const shardKey = (shard: number): Key => ({ pk: 'TRIAL-BALANCE', sk: `SHARD#${String(shard).padStart(2, '0')}` });

/** Balances of a partner as of this instant; a partner without any posting has an empty account. */
export async function loadAccount(partnerId: string): Promise<FinanceAccount> {
  const item = (await getItem('ledger', headKey(partnerId))) ?? {};
  return {
    partnerId,
    balances: toBalances(item),
    entries: Number(item.entries ?? 0),
    lastEntryAt: item.lastEntryAt as Instant | undefined,
  };
}

/** Sums of all partners, by account and currency. */
export async function loadTrialBalance(): Promise<Record<string, Money>> {
  const sums: Record<string, Money> = {};
  for await (const item of queryAll({ table: 'ledger', pk: 'TRIAL-BALANCE', sk: { beginsWith: 'SHARD#' } })) {
    for (const [place, amount] of Object.entries(toBalances(item))) {
      sums[place] = ((sums[place] ?? 0n) + amount) as Money;
    }
  }
  return sums;
}

const toBalances = (item: Item): Record<string, Money> =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([name]) => name.startsWith(BALANCE))
      .map(([name, amount]) => [name.slice(BALANCE.length), loadMoney(amount)]),
  );

/** Postings of a partner as writes for the transaction of what causes them, with the rows of the statement. */
export interface Bookings {
  readonly writes: readonly Write[];
  readonly statements: readonly StatementEntry[];
}

/**
 * Postings of one partner, any number of which may move cash: the writes hold if nobody has moved its cash since it was loaded
 * (FIN-167), else the transaction fails with `ConditionFailed` and is decided again.
 * @throws Refusal BALANCE_TOO_SMALL
 */
export function bookings(account: FinanceAccount, postings: readonly Posting[], now: Instant): Bookings {
  const booked = book(account, postings, now);
  if (booked.statements.length === 0)
    return { writes: postingsAside(account.partnerId, postings, now), statements: [] };
  const { after, statements } = booked;
  const counted = {
    set: 'SET entries = :entries, lastEntryAt = :at',
    condition: account.entries === 0 ? 'attribute_not_exists(entries)' : 'entries = :seen',
    values: {
      ':entries': after.entries,
      ':at': after.lastEntryAt,
      ...(account.entries === 0 ? {} : { ':seen': account.entries }),
    },
  };
  const movement = movementOf(booked.postings);
  const writes = [
    ...booked.postings.map((posting) => postPosting(posting, now)),
    ...statements.map(putStatement),
    moveBalances(headKey(account.partnerId), movement, counted),
    ...(movement.length > 0 ? [moveTrialBalance(account.partnerId, movement)] : []),
  ];
  return { writes, statements };
}

/** Postings of one partner that move no cash: nothing has to be loaded before, and others may post at the same time. */
export function postingsAside(partnerId: string, postings: readonly Posting[], now: Instant): Write[] {
  const checked = postings.map(balanced);
  if (checked.some(({ legs }) => legs.some(({ account }) => isShown(account)))) {
    throw new RangeError(`a posting of ${partnerId} moves cash`);
  }
  const movement = movementOf(checked);
  const sums =
    movement.length === 0 ? [] : [moveBalances(headKey(partnerId), movement), moveTrialBalance(partnerId, movement)];
  return [...checked.map((posting) => postPosting(posting, now)), ...sums];
}

/** A cause is posted once. */
const postPosting = (posting: Posting, now: Instant): Write => ({
  table: 'ledger',
  put: {
    ...postingKey(posting.partnerId, posting.postingId),
    ...posting,
    legs: posting.legs.map((leg) => ({ ...leg, amount: storeMoney(leg.amount) })),
    postedAt: now,
    timeKey: `POSTINGS#${posting.partnerId}`,
    timeSort: `${now}#${posting.postingId}`,
  },
  condition: 'attribute_not_exists(pk)',
});

const putStatement = (entry: StatementEntry): Write => ({
  table: 'ledger',
  put: { ...statementKey(entry), ...entry, amount: storeMoney(entry.amount), balance: storeMoney(entry.balance) },
  condition: 'attribute_not_exists(pk)',
});

/** Spread over items, because every partner's postings move the same sums. */
const moveTrialBalance = (partnerId: string, legs: readonly Leg[]): Write =>
  moveBalances(shardKey(shardOf(partnerId, SHARDS)), legs);

interface Counted {
  readonly set: string;
  readonly condition: string;
  readonly values: Item;
}

function moveBalances(key: Key, legs: readonly Leg[], counted?: Counted): Write {
  const names = legs.map((leg, i) => [`#b${i}`, `${BALANCE}${placeOf(leg)}`] as const);
  const values = legs.map((leg, i) => [`:b${i}`, storeMoney(leg.amount)] as const);
  const adds = legs.length > 0 ? ` ADD ${legs.map((_, i) => `#b${i} :b${i}`).join(', ')}` : '';
  return {
    table: 'ledger',
    update: key,
    set: `${counted?.set ?? ''}${adds}`.trim(),
    condition: counted?.condition,
    names: legs.length > 0 ? Object.fromEntries(names) : undefined,
    values: { ...counted?.values, ...Object.fromEntries(values) },
  };
}

export interface KeptPosting extends Posting {
  readonly postedAt: Instant;
}

export async function loadPosting(partnerId: string, postingId: string): Promise<KeptPosting | undefined> {
  const item = await getItem('ledger', postingKey(partnerId, postingId));
  return item && toPosting(item);
}

/** Postings whose id begins so, such as all of a bill. */
export async function* postingsOf(partnerId: string, prefix = ''): AsyncGenerator<KeptPosting> {
  const { pk, sk } = postingKey(partnerId, prefix);
  for await (const item of queryAll({ table: 'ledger', pk, sk: { beginsWith: sk } })) yield toPosting(item);
}

export function toPosting(item: Item): KeptPosting {
  const { pk: _pk, sk: _sk, timeKey: _timeKey, timeSort: _timeSort, ...posting } = item;
  const legs = (posting.legs as Item[]).map(({ account, currency, amount }) => ({
    account: account as AccountName,
    currency: String(currency),
    amount: loadMoney(amount),
  }));
  return { ...(posting as unknown as KeptPosting), legs };
}
