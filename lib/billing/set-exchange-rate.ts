import { Refusal } from '#lib/shared/errors.ts';
import { cut } from '#lib/shared/money.ts';
import { transact } from '#lib/shared/transaction.ts';
import { BILL_CURRENCY } from './bill.ts';
import { ruleErrors } from './errors.ts';
import { type ExchangeRate, putExchangeRate } from './exchange-rate-store.ts';

/**
 * Sets the rate of a cycle, or replaces it under its version; issued bills keep the rate they were issued with (FIN-48).
 * @throws Refusal EXCHANGE_RATE_INVALID, VERSION_CONFLICT
 */
export async function setExchangeRate(
  wish: Omit<ExchangeRate, 'version'>,
  seen: number,
  reason: string,
): Promise<ExchangeRate> {
  const valid = wish.rate > 0n && cut(wish.rate, 4) === wish.rate && wish.currency !== BILL_CURRENCY;
  if (!valid) throw new Refusal(ruleErrors.EXCHANGE_RATE_INVALID);
  const rate = { ...wish, version: seen + 1 };
  await transact({ writes: [putExchangeRate(rate, seen)], trace: { after: { ...rate, reason } } });
  return rate;
}
