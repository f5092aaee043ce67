import * as z from 'zod';
import { paymentText } from '#lib/billing/index.ts';
import { transact } from '#lib/shared/transaction.ts';
import { putLimit } from './limit-store.ts';
import { checkLimit, type TransactionLimit } from './limits.ts';

/** FIN-73, FIN-74. @throws Refusal TRANSACTION_LIMIT_INVALID, VERSION_CONFLICT */
export async function setLimit(
  wish: Omit<TransactionLimit, 'version'>,
  seen: number,
  reason: string,
): Promise<TransactionLimit> {
  checkLimit(wish);
  const limit = { ...wish, version: seen + 1 };
  await transact({ writes: [putLimit(limit, seen)], trace: { after: { ...limit, reason } } });
  return limit;
}

export const limitView = z.object({
  currency: z.string(),
  lower: z.string(),
  upper: z.string(),
  version: z.number().int().meta({ description: '0 for limits that nobody has changed' }),
});

export const toLimitView = ({ currency, lower, upper, version }: TransactionLimit): z.input<typeof limitView> => ({
  currency,
  lower: paymentText(lower, currency),
  upper: paymentText(upper, currency),
  version,
});
