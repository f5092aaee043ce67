import { isFullyPaid, readBill } from '#lib/billing/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';

/**
 * FIN-92: whether nothing of a cycle is left to pay, which lets incentive earnings of it go. A cycle without bill counts once its run
 * has found nothing to bill (FIN-16).
 */
export async function isCycleFullyPaid(partnerId: string, cycle: BillingMonth): Promise<boolean> {
  const reading = await readBill(partnerId, cycle);
  return 'bill' in reading ? isFullyPaid(reading.bill) : reading.unissued.status === 'no-payment-due';
}
