import { loadCustomer } from '#lib/customers/index.ts';
import { isBilled, type Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { bookVersion, inTurn, moveBook } from './book.ts';
import { type CommercialDiscount, collide, faultsOf, statusOf } from './discount.ts';
import { discountsKey, listDiscountsOf, loadDiscount, putDiscount, putEndedDiscount } from './discount-store.ts';
import { billingErrors, ruleErrors } from './errors.ts';

export type DiscountWish = Pick<CommercialDiscount, 'type' | 'customerId' | 'effectiveAt' | 'expiresAt' | 'items'>;

/**
 * FIN-127 to FIN-129: grants a discount; two at once cannot overlap, because changes of a partner's book come one after the other.
 * @throws Refusal PARTNER_TYPE_NOT_BILLED, DISCOUNT_INVALID, CUSTOMER_NOT_ASSOCIATED, DISCOUNT_OVERLAP
 */
export async function setDiscount(
  partner: Partner,
  wish: DiscountWish,
  reason: string,
  now: Instant,
): Promise<CommercialDiscount> {
  if (!isBilled(partner.type)) throw new Refusal(billingErrors.PARTNER_TYPE_NOT_BILLED);
  const { partnerId } = partner;
  const wished = { ...wish, discountId: newId('dis', now), partnerId, createdAt: now };
  const faults = faultsOf({ ...wished, sinceVersion: 0 });
  if (faults.length > 0) throw new Refusal(ruleErrors.DISCOUNT_INVALID, {}, faults);
  if (wish.customerId !== undefined) await requireOwnCustomer(partnerId, wish.customerId);
  return inTurn(async () => {
    const version = await bookVersion(discountsKey(partnerId));
    const discount = { ...wished, sinceVersion: version + 1 };
    const rival = (await listDiscountsOf(partnerId, wish.customerId)).find((other) => collide(discount, other));
    if (rival) throw new Refusal(ruleErrors.DISCOUNT_OVERLAP, { discountId: rival.discountId });
    await transact({
      writes: [...putDiscount(discount), moveBook(discountsKey(partnerId), version)],
      trace: { partnerId, customerId: wish.customerId, after: { ...discount, reason } },
    });
    return discount;
  });
}

/**
 * FIN-131: ends a discount for later transactions; what was issued stays.
 * @throws Refusal DISCOUNT_NOT_FOUND, DISCOUNT_OVER
 */
export async function endDiscount(discountId: string, reason: string, now: Instant): Promise<CommercialDiscount> {
  return inTurn(async () => {
    const before = await loadDiscount(discountId);
    if (!before) throw new Refusal(ruleErrors.DISCOUNT_NOT_FOUND);
    const status = statusOf(before, now);
    if (status === 'expired' || status === 'terminated') throw new Refusal(ruleErrors.DISCOUNT_OVER);
    const book = discountsKey(before.partnerId);
    const version = await bookVersion(book);
    const after = { ...before, terminatedAt: wholeSecond(now), terminatedVersion: version + 1 };
    const { partnerId, customerId } = before;
    await transact({
      writes: [putEndedDiscount(after), moveBook(book, version)],
      trace: { partnerId, customerId, before, after: { ...after, reason } },
    });
    return after;
  });
}

/** FIN-128: to the second. */
const wholeSecond = (time: Instant): Instant => instant(`${time.slice(0, 19)}Z`);

async function requireOwnCustomer(partnerId: string, customerId: string): Promise<void> {
  const association = (await loadCustomer(customerId))?.association;
  const own = association?.partnerId === partnerId && association.type === 'reseller' && !association.endedAt;
  if (!own) throw new Refusal(ruleErrors.CUSTOMER_NOT_ASSOCIATED);
}
