import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { paymentNotificationsKey } from '#lib/shared/resources.ts';
import type { Instant } from '#lib/shared/time.ts';
import { loadCard } from '../cards/card-store.ts';
import { askAboutCard } from '../cards/settle-verification.ts';
import { loadRepayment } from '../repayment-store.ts';
import { ownerOfKey } from './charge-key.ts';
import { paymentErrors } from './errors.ts';
import { isGenuine } from './notification.ts';
import type { NotificationFields } from './processor.ts';
import { askAbout } from './sweep.ts';

/**
 * The processor says that something ended. What it ended with is asked from the processor itself, so a notification that comes twice,
 * late, out of order or before the answer does nothing that the answer would not do.
 * @throws Refusal SIGNATURE_INVALID
 */
export async function takeNotification(
  { signature, ...fields }: NotificationFields & { readonly signature: string },
  now: Instant,
): Promise<void> {
  if (!isGenuine(fields, signature, paymentNotificationsKey())) throw new Refusal(paymentErrors.SIGNATURE_INVALID);
  const owner = ownerOfKey(fields.key);
  if (!owner) return log.warn('a notification names a foreign key', { notificationId: fields.notificationId });
  const { partnerId, id } = owner;
  if (fields.type === 'charge') {
    const repayment = await loadRepayment({ partnerId, repaymentId: id });
    if (repayment) await askAbout(repayment, now);
    return;
  }
  const card = await loadCard({ partnerId, cardId: id });
  if (card) await askAboutCard(card, now);
}
