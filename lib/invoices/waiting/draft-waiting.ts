import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { draftInvoice } from '../draft-invoice.ts';
import { isEntityMissing } from './draft-or-wait.ts';
import { listWaiting, type WaitingInvoice } from './waiting-store.ts';

const AT_ONCE = 50;

/** FIN-110: invoices that wait are made out once what they lacked is there. */
export async function draftWaiting(now: Instant): Promise<void> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const { waiting, nextKey } = await listWaiting({ limit: AT_ONCE, startKey });
    for (const invoice of waiting) await tryAgain(invoice, now);
    startKey = nextKey;
  } while (startKey);
}

/** What still cannot be made out waits on; the others do not wait for it. */
async function tryAgain({ billId }: WaitingInvoice, now: Instant): Promise<void> {
  try {
    await draftInvoice(billId, now);
  } catch (error) {
    if (!isEntityMissing(error)) log.error('a waiting invoice could not be made out', error, { billId });
  }
}
