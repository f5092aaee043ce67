import { paymentDecimals } from '#lib/billing/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type Money, roundHalfUp, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { commonOf, loadSides } from './draft-invoice.ts';
import { drafted, putDraft } from './draft-store.ts';
import type { Draft } from './invoice.ts';

export interface TopUpWish {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly currency: string;
  readonly amount: Money;
  readonly description?: string;
  readonly reason: string;
}

/** FIN-177: a record that an operator enters; automatic invoices are for bills only. @throws Refusal ISSUING_ENTITY_MISSING, PARTNER_NOT_FOUND */
export async function enterTopUp({ reason, ...wish }: TopUpWish, now: Instant): Promise<Draft> {
  const { partnerId, currency, amount } = wish;
  if (amount <= 0n || roundHalfUp(amount, paymentDecimals(currency)) !== amount) {
    const detail = `must be above 0 with at most ${paymentDecimals(currency)} decimals`;
    throw new Refusal(sharedErrors.INPUT_INVALID, {}, [{ pointer: '/amount', detail }]);
  }
  const sides = await loadSides(partnerId);
  const { cycle, description } = wish;
  const common = await commonOf(sides, currency, now);
  const draft: Draft = { ...common, content: 'Top-up', cycle, amount, description, withheld: ZERO };
  await transact({
    writes: [putDraft(draft)],
    events: [drafted(draft, now)],
    trace: { partnerId, after: { ...wish, reason } },
  });
  return draft;
}
