import { eachPage } from '#lib/shared/each-page.ts';
import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed } from '#lib/shared/transaction.ts';
import { aFewAtOnce } from '../payments/a-few-at-once.ts';
import type { PaymentCard } from './card.ts';
import { listCardsToSettle, listExpiring } from './card-store.ts';
import { expireCard } from './manage-cards.ts';
import { askAboutCard } from './settle-verification.ts';

/** Of each shard. */
const A_RUN = 10;

/** Verifications whose answer got lost, and deleted cards that the processor could not forget at once. */
export const sweepCards = async (now: Instant): Promise<void> =>
  aFewAtOnce(await listCardsToSettle(now, A_RUN), async (card) => {
    try {
      await askAboutCard(card, now);
    } catch (error) {
      log.error('a card could not be asked about', error, { cardId: card.cardId }); // the others go on
    }
  });

/** On the 1st: marks the cards whose last month is over. */
export const expireCards = (now: Instant): Promise<void> =>
  eachPage(
    (startKey) => listExpiring(now, { limit: 100, startKey }),
    async ({ cards }) => {
      for (const card of cards) await expire(card, now);
    },
  );

async function expire(card: PaymentCard, now: Instant): Promise<void> {
  try {
    await expireCard(card, now);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // renewed or deleted in this moment
  }
}
