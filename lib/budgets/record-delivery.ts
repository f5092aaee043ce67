import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Delivery } from './alert.ts';
import { deliveryWrite } from './alert-store.ts';

/** Notes what became of a message about alerts (CUS-120); the alerts themselves stay as they are. */
export async function recordDelivery(
  alertIds: readonly string[],
  delivery: Extract<Delivery, 'sent' | 'failed'>,
): Promise<void> {
  for (const alertId of alertIds) {
    try {
      await transact({ aside: true, writes: [deliveryWrite(alertId, delivery)] });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // noted before, or superseded
    }
  }
}
