import type { Instant } from '#lib/shared/time.ts';
import type { Repayment } from '../repayment.ts';
import { chargeKeyOf } from './charge-key.ts';
import { type ChargeWish, createCharge } from './port.ts';
import { settleCharge } from './settle-charge.ts';

/**
 * Asks the processor for the money of a stored repayment. Without an answer the repayment stays `pending`: nobody knows, so nothing is
 * said; the sweep asks by the key (FIN-77).
 */
export async function submitCharge(
  repayment: Repayment,
  by: Pick<ChargeWish, 'source' | 'offSession' | 'returnUrl'>,
  now: Instant,
): Promise<Repayment> {
  const { amount, currency } = repayment;
  const asked = await createCharge({ key: chargeKeyOf(repayment), amount, currency, ...by });
  return 'known' in asked ? settleCharge(repayment, asked.known, now) : repayment;
}
