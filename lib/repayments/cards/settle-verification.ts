import { paymentCardActivated } from '#events/repayments.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { isAbandoned } from '../payments/pending.ts';
import { cancelVerification, findVerification, revokeCard } from '../payments/port.ts';
import type { ProcessorVerification } from '../payments/processor.ts';
import { withCard } from '../quota/quota.ts';
import { loadQuota, putQuota } from '../quota/quota-store.ts';
import { afterVerification, type CardAttempt, type PaymentCard, type Verification } from './card.ts';
import { appendAttempt, defaultUnlessSet, loadCard, replaceCard } from './card-store.ts';

type Named = Pick<PaymentCard, 'partnerId' | 'cardId'>;
type Verified = PaymentCard & { readonly verification: Verification };

/** What the processor said of a card's test charge; a verification ends once, whoever hears of it first (FIN-102 to FIN-106). */
export const settleVerification = (named: Named, said: ProcessorVerification, now: Instant): Promise<PaymentCard> =>
  redecide(async () => {
    const card = await loadCard(named);
    if (!card) throw new Error(`no card ${named.cardId}`);
    if (!isUnderVerification(card) || card.verification.key !== said.key) return card;
    if (said.status === 'action-required' || said.status === 'processing') return wait(card, said.redirectUrl, now);
    return end(card, said, now);
  });

const isUnderVerification = (card: PaymentCard): card is Verified => card.verification !== undefined;

async function end(before: Verified, said: ProcessorVerification, now: Instant): Promise<PaymentCard> {
  const after = afterVerification(before, said);
  const verified = said.status === 'verified';
  const reason = verified ? undefined : (said.declineCode ?? said.status);
  const { partnerId, cardId } = before;
  const attempt: CardAttempt = {
    ...{ partnerId, cardId, at: now, last4: after.last4, action: before.verification.action },
    ...{ result: verified ? 'succeeded' : 'failed', reason },
  };
  await transact({
    aside: true,
    writes: [replaceCard(before, after), appendAttempt(attempt), ...(verified ? await effectsOf(before) : [])],
    events: verified ? [event(paymentCardActivated, { partnerId, cardId, at: now }, now)] : [],
    trace: { operation: 'settle-card-verification', partnerId, after: { cardId, status: after.status, code: reason } },
  });
  return { ...after, version: before.version + 1 };
}

/** FIN-104, FIN-106: what comes with a card that was added. */
async function effectsOf({ verification, partnerId, cardId }: Verified): Promise<Write[]> {
  if (verification.action !== 'add') return [];
  const quota = await loadQuota(partnerId);
  const raised = withCard(quota);
  return [defaultUnlessSet({ partnerId, cardId }), ...(raised === quota ? [] : [putQuota(quota, raised)])];
}

const PAUSE_MINUTES = 5;

async function wait(before: Verified, redirectUrl: string | undefined, now: Instant): Promise<PaymentCard> {
  const after: PaymentCard = {
    ...before,
    verification: {
      ...before.verification,
      redirectUrl: redirectUrl ?? before.verification.redirectUrl,
      askAt: plus(now, { minutes: PAUSE_MINUTES }),
    },
  };
  await transact({ aside: true, writes: [replaceCard(before, after)] });
  return { ...after, version: before.version + 1 };
}

/** What the processor says now of a card whose verification has not ended; one that it never heard of is over. */
export async function askAboutCard(found: PaymentCard, now: Instant): Promise<void> {
  const card = await loadCard(found);
  if (card?.status === 'deleted') return forget(card);
  if (!card || !isUnderVerification(card)) return;
  const { key } = card.verification;
  const asked = await findVerification(key);
  if (!('known' in asked)) return postpone(card, now);
  const abandoned =
    asked.known?.status === 'action-required' && isAbandoned({ createdAt: card.verification.startedAt }, now);
  const said = asked.known === undefined || abandoned ? await cancelVerification(key) : { known: asked.known };
  if ('known' in said) await settleVerification(card, said.known, now);
}

const postpone = async (card: Verified, now: Instant): Promise<void> => void (await wait(card, undefined, now));

/** FIN-109: a deleted card is deleted at the processor, too; until that is done its token is kept for it alone. */
export async function forget(card: PaymentCard): Promise<void> {
  if (card.token === undefined) return;
  await revokeCard(card.token);
  const { token: _revoked, ...after } = card;
  try {
    await transact({ aside: true, writes: [replaceCard(card, after)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // forgotten by somebody else
  }
}
