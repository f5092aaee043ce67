import { paymentStarts } from '#lib/billing/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Money } from '#lib/shared/money.ts';
import { portalUrl } from '#lib/shared/resources.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { statusAt } from '../cards/card.ts';
import { loadCard } from '../cards/card-store.ts';
import type { Repayment } from '../repayment.ts';
import { putNewRepayment } from '../repayment-store.ts';
import { cardErrors, paymentErrors } from './errors.ts';
import { loadLimit } from './limit-store.ts';
import { isWithin, type TransactionLimit } from './limits.ts';
import { firstAskAt } from './pending.ts';
import type { ChargeWish } from './port.ts';
import { submitCharge } from './submit-charge.ts';

export interface RepayWish {
  readonly amount: Money;
  readonly currency: string;
  /** A bound card, or the token of one that was entered on the processor's page for this payment alone. */
  readonly by: { readonly cardId: string } | { readonly cardToken: string };
  readonly returnPath: string;
}

/** FIN-72: the entities that take money online, by country. */
const ONLINE_ENTITIES: ReadonlySet<string> = new Set(['HK', 'CL']);

/** FIN-71 to FIN-74. @throws Refusal ONLINE_PAYMENT_NOT_AVAILABLE, CURRENCY_NOT_SUPPORTED, AMOUNT_OUT_OF_RANGE */
function checkOnline(
  { contractingEntity = '' }: Pick<Partner, 'contractingEntity'>,
  limit: TransactionLimit | undefined,
  amount: Money,
): void {
  if (!ONLINE_ENTITIES.has(contractingEntity)) throw new Refusal(paymentErrors.ONLINE_PAYMENT_NOT_AVAILABLE);
  if (!limit) throw new Refusal(paymentErrors.CURRENCY_NOT_SUPPORTED);
  if (!isWithin(limit, amount)) throw new Refusal(paymentErrors.AMOUNT_OUT_OF_RANGE);
}

/**
 * A payment by card: stored before the processor is asked, so that whatever happens next can be found out (FIN-71 to FIN-77).
 * @throws Refusal ONLINE_PAYMENT_NOT_AVAILABLE, CURRENCY_NOT_SUPPORTED, AMOUNT_OUT_OF_RANGE, CARD_NOT_FOUND, CARD_NOT_ACTIVE, CARD_DECLINED
 */
export async function repayOnline(partner: Partner, wish: RepayWish, now: Instant): Promise<Repayment> {
  const { partnerId } = partner;
  checkOnline(partner, await loadLimit(wish.currency), wish.amount);
  const { source, shown } = await sourceOf(partnerId, wish.by, now);
  const repayment: Repayment = {
    repaymentId: newId('rep', now),
    partnerId,
    method: 'online-card',
    currency: wish.currency,
    amount: wish.amount,
    allocations: [],
    status: 'pending',
    createdAt: now,
    charge: { ...shown, askAt: firstAskAt(now) },
    version: 1,
  };
  await transact({
    writes: [putNewRepayment(repayment), paymentStarts(repayment)],
    trace: { partnerId, after: { repaymentId: repayment.repaymentId, amount: wish.amount, currency: wish.currency } },
  });
  const returnUrl = `${portalUrl()}${wish.returnPath}`;
  const after = await submitCharge(repayment, { source, offSession: false, returnUrl }, now);
  if (after.status === 'failed') {
    throw new Refusal(paymentErrors.CARD_DECLINED, { repaymentId: after.repaymentId, reason: after.failure });
  }
  return after;
}

async function sourceOf(
  partnerId: string,
  by: RepayWish['by'],
  now: Instant,
): Promise<{ source: ChargeWish['source']; shown: { cardId?: string; last4?: string } }> {
  if ('cardToken' in by) return { source: { token: by.cardToken }, shown: {} };
  const card = await loadCard({ partnerId, cardId: by.cardId });
  if (!card || card.status === 'deleted' || card.status === 'failed') throw new Refusal(cardErrors.CARD_NOT_FOUND);
  if (statusAt(card, now) !== 'active' || card.token === undefined) throw new Refusal(cardErrors.CARD_NOT_ACTIVE);
  return { source: { card: card.token }, shown: { cardId: card.cardId, last4: card.last4 } };
}
