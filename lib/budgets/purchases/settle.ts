import type { Customer } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { exactText } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { isCounted } from './end-purchases.ts';
import { purchaseErrors } from './errors.ts';
import { decideRelease, decideSettlement, movedHold, type Purchase, purchaseAt, type Settlement } from './purchase.ts';
import { loadPurchase, moveHold, replacePurchase } from './purchase-store.ts';

/**
 * The purchase was made: from now on the price that was paid is held, until usage carries the record of it.
 * @throws Refusal PURCHASE_NOT_FOUND, RESERVATION_LAPSED, PURCHASE_ENDED, PURCHASE_SETTLED, SETTLEMENT_TOO_HIGH
 */
export const settlePurchase = (
  customer: Customer,
  purchaseId: string,
  wish: Pick<Settlement, 'amount' | 'recordId'>,
  now: Instant,
): Promise<Purchase> =>
  change(customer, purchaseId, now, async (before) =>
    decideSettlement(before, wish, await isCounted(customer, wish.recordId), now),
  );

/** The purchase was not made: its amount is free at once. @throws Refusal PURCHASE_NOT_FOUND, PURCHASE_SETTLED */
export const releasePurchase = (customer: Customer, purchaseId: string, now: Instant): Promise<Purchase> =>
  change(customer, purchaseId, now, async (before) => decideRelease(before, now));

async function change(
  { customerId, association }: Customer,
  purchaseId: string,
  now: Instant,
  decide: (before: Purchase) => Promise<Purchase>,
): Promise<Purchase> {
  return redecide(async () => {
    // Also of an association that has ended: what was bought in it is still to be settled.
    const before = await loadPurchase({ partnerId: association?.partnerId ?? '', customerId, purchaseId });
    if (!before) throw new Refusal(purchaseErrors.PURCHASE_NOT_FOUND);
    const after = await decide(before);
    if (after !== before) await commit(before, after);
    return purchaseAt(after, now);
  });
}

const commit = (before: Purchase, after: Purchase): Promise<void> =>
  transact({
    writes: [moveHold(before, movedHold(before, after)), ...replacePurchase(before, after)],
    trace: {
      partnerId: before.partnerId,
      customerId: before.customerId,
      before: traceOf(before),
      after: traceOf(after),
    },
  });

const traceOf = ({ purchaseId, status, amount, settlement }: Purchase) => ({
  purchaseId,
  status,
  amount: exactText(amount),
  settled: settlement && exactText(settlement.amount),
  recordId: settlement?.recordId,
});
