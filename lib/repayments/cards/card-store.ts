import { getItem, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { shardOf } from '#lib/shared/shards.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { cardErrors } from '../payments/errors.ts';
import { type CardAttempt, monthOf, type PaymentCard } from './card.ts';

type Named = Pick<PaymentCard, 'partnerId' | 'cardId'>;

const partition = (partnerId: string): string => `CARDS#${partnerId}`;
const key = ({ partnerId, cardId }: Named): Key => ({ pk: partition(partnerId), sk: `CARD#${cardId}` });
/** Which card is the default stands apart, so that there is exactly one (FIN-106). */
const defaultKey = (partnerId: string): Key => ({ pk: partition(partnerId), sk: 'DEFAULT' });
const historyKey = (partnerId: string): string => `CARD-HISTORY#${partnerId}`;

const ASK_SHARDS = 4;
const askKey = (shard: number): string => `VERIFYING#${shard}`;
const EXPIRING = 'CARDS-EXPIRING';

export const putNewCard = (card: PaymentCard): Write => ({
  table: 'repayments',
  put: { ...key(card), ...card, ...timesOf(card) },
  condition: 'attribute_not_exists(pk)',
});

/** The next state of a card, if nobody wrote since `before` was read (ConditionFailed). */
export const replaceCard = (before: PaymentCard, after: PaymentCard): Write => ({
  table: 'repayments',
  put: { ...key(after), ...after, ...timesOf(after), version: before.version + 1 },
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

/** Where jobs look: verifications without outcome, deleted cards that the processor still keeps, and active ones by their last month. */
function timesOf({ cardId, status, token, verification, addedAt, expiry }: PaymentCard): Record<string, string> {
  const askAt = verification?.askAt ?? (status === 'deleted' && token !== undefined ? addedAt : undefined);
  if (askAt !== undefined) return { timeKey: askKey(shardOf(cardId, ASK_SHARDS)), timeSort: `${askAt}#${cardId}` };
  return status === 'active' && expiry !== undefined
    ? { timeKey: EXPIRING, timeSort: `${monthOf(expiry)}#${cardId}` }
    : {};
}

/** Active cards whose last month is over; some thousands a month, written when a card is added or renewed. */
export async function listExpiring(
  now: Instant,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ cards: PaymentCard[]; nextKey?: Record<string, unknown> }> {
  const before: BillingMonth = billingMonthOf(now);
  const index = { index: 'byTime', keys: { pk: 'timeKey', sk: 'timeSort' } } as const;
  const answer = await queryPage({
    table: 'repayments',
    ...index,
    pk: EXPIRING,
    sk: { between: ['0', before] },
    ...page,
  });
  return { cards: answer.items.map(toCard), nextKey: answer.nextKey };
}

export async function loadCard(named: Named): Promise<PaymentCard | undefined> {
  const item = await getItem('repayments', key(named));
  return item && toCard(item);
}

/** A partner's cards; few, so all of them, with the default one. */
export async function loadCards(partnerId: string): Promise<{ cards: PaymentCard[]; defaultCardId?: string }> {
  const cards: PaymentCard[] = [];
  let defaultCardId: string | undefined;
  for await (const item of queryAll({ table: 'repayments', pk: partition(partnerId) })) {
    if (item.sk === 'DEFAULT') defaultCardId = String(item.defaultCardId);
    else cards.push(toCard(item));
  }
  return { cards, defaultCardId };
}

/** FIN-106: the first card that becomes active is the default one. */
export const defaultUnlessSet = ({ partnerId, cardId }: Named): Write => ({
  table: 'repayments',
  update: defaultKey(partnerId),
  set: 'SET defaultCardId = if_not_exists(defaultCardId, :card)',
  values: { ':card': cardId },
});

export const setDefault = ({ partnerId, cardId }: Named): Write => ({
  table: 'repayments',
  update: defaultKey(partnerId),
  set: 'SET defaultCardId = :card',
  values: { ':card': cardId },
});

/** FIN-107. */
export const isNotDefault = ({ partnerId, cardId }: Named): Write => ({
  table: 'repayments',
  check: defaultKey(partnerId),
  condition: 'attribute_not_exists(defaultCardId) OR defaultCardId <> :card',
  values: { ':card': cardId },
  onConflict: cardErrors.DEFAULT_CARD_UNDELETABLE,
});

/** The card is still as it was read (ConditionFailed). */
export const cardUnchanged = (card: PaymentCard): Write => ({
  table: 'repayments',
  check: key(card),
  condition: 'version = :seen',
  values: { ':seen': card.version },
});

export async function listCardsToSettle(now: Instant, atMost: number): Promise<PaymentCard[]> {
  const pages = await Promise.all(
    Array.from({ length: ASK_SHARDS }, (_, shard) =>
      queryPage({
        table: 'repayments',
        index: 'byTime',
        keys: { pk: 'timeKey', sk: 'timeSort' },
        pk: askKey(shard),
        sk: { between: ['0', `${now}~`] },
        limit: atMost,
      }),
    ),
  );
  return pages.flatMap(({ items }) => items).map(toCard);
}

export const appendAttempt = (attempt: CardAttempt): Write => ({
  table: 'repayments',
  put: {
    pk: historyKey(attempt.partnerId),
    sk: `${attempt.at}#${attempt.cardId}#${attempt.action}`,
    ...attempt,
  },
});

/** FIN-105: a partner's attempts, the newest first. */
export async function listAttempts(
  partnerId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ attempts: CardAttempt[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'repayments', pk: historyKey(partnerId), newestFirst: true, ...page });
  const attempts = answer.items.map(({ pk: _pk, sk: _sk, ...attempt }) => attempt as unknown as CardAttempt);
  return { attempts, nextKey: answer.nextKey };
}

function toCard(item: Item): PaymentCard {
  const { pk: _pk, sk: _sk, timeKey: _timeKey, timeSort: _timeSort, ...card } = item;
  return card as unknown as PaymentCard;
}
