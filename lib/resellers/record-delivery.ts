import type * as z from 'zod';
import type { messageFailed } from '#events/notifications.ts';
import { resellerInvited } from '#events/resellers.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { transact } from '#lib/shared/transaction.ts';
import { undelivered } from './invitation.ts';
import { loadResellerInvitation, replaceInvitation } from './invitation-store.ts';

/** DEV-200: keeps that an invitation's mail failed for good; of an earlier sending, or of anything else, it says nothing. */
export async function recordDelivery({ causeEventName, about }: z.output<typeof messageFailed.detail>): Promise<void> {
  if (causeEventName !== resellerInvited.name || !about) return;
  await redecide(async () => {
    const before = await loadResellerInvitation(about.id);
    if (before?.sendCount !== about.sendCount || before.deliveryStatus === 'failed') return;
    const { invitationId, distributorId: partnerId } = before;
    await transact({
      writes: [replaceInvitation(before, undelivered(before))],
      trace: { partnerId, after: { invitationId, deliveryStatus: 'failed' } },
    });
  });
}
