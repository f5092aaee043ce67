import { invitationDeliveryFailed, invitationSent } from '#events/invitations.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { asUndelivered } from './invitation.ts';
import { loadInvitation, putInvitation } from './invitation-store.ts';

interface FailedMessage {
  readonly causeEventName: string;
  readonly about?: { readonly id: string; readonly sendCount: number };
}

/** Shows a refused mail on its invitation; lead and link stay as they are (DEV-64). One of an earlier sending is nobody's concern now. */
export async function recordFailedDelivery({ causeEventName, about }: FailedMessage, now: Instant): Promise<void> {
  if (causeEventName !== invitationSent.name || !about) return;
  await redecide(async () => {
    const before = await loadInvitation(about.id);
    if (before?.sendCount !== about.sendCount || before.deliveryStatus) return;
    const { invitationId, partnerId, sendCount } = before;
    await transact({
      writes: [putInvitation(asUndelivered(before), before)],
      events: [event(invitationDeliveryFailed, { invitationId, partnerId, sendCount, failedAt: now }, now)],
      trace: { partnerId, after: { invitationId, sendCount, deliveryStatus: 'failed' } },
    });
  });
}
