import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Partner } from './partner.ts';
import { replacePartner } from './partner-store.ts';
import { withChoice } from './payment-currency.ts';

/** @throws Refusal VERSION_CONFLICT */
export async function setPaymentCurrency(
  before: Partner,
  wish: { readonly currency: string; readonly expectedVersion: number },
  now: Instant,
): Promise<Partner> {
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const currencyChoices = withChoice(before, wish.currency, now);
  const after = { ...before, currencyChoices, version: before.version + 1 };
  await transact({
    writes: [replacePartner(before, after)],
    trace: {
      partnerId: before.partnerId,
      before: { currencyChoices: before.currencyChoices },
      after: { currencyChoices },
    },
  });
  return after;
}
