import { transact } from '#lib/shared/transaction.ts';
import type { Partner } from './partner.ts';
import { replacePartner } from './partner-store.ts';

/**
 * The time that a partner has to pay a bill, for bills issued from now on; `undefined` gives it the usual one.
 * @throws Refusal VERSION_CONFLICT
 */
export async function setPaymentTerms(
  before: Partner,
  paymentDays: number | undefined,
  reason: string,
): Promise<Partner> {
  if (before.paymentDays === paymentDays) return before;
  const after = { ...before, paymentDays, version: before.version + 1 };
  await transact({
    writes: [replacePartner(before, after)],
    trace: {
      partnerId: before.partnerId,
      before: { paymentDays: before.paymentDays },
      after: { paymentDays, reason },
    },
  });
  return after;
}
