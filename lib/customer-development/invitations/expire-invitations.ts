import { invitationExpired } from '#events/invitations.ts';
import { event } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { asExpired, invitationAt } from './invitation.ts';
import { EXPIRY_SHARDS, listEnded, loadInvitation, putInvitation } from './invitation-store.ts';

const PAGE = 100;
/** Links that one run persists of each part; what is left waits for the next run without being any more valid (DEV-07). */
const MOST_PAGES = 20;

/** Persists what ended by `now` and tells of it (DEV-197). Only what is due is read; late or twice it changes nothing more. */
export async function expireInvitations(now: Instant): Promise<void> {
  await Promise.all(Array.from({ length: EXPIRY_SHARDS }, (_, shard) => expirePart(shard, now)));
}

async function expirePart(shard: number, now: Instant): Promise<void> {
  let startKey: Record<string, unknown> | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await listEnded(shard, now, { limit: PAGE, startKey });
    for (const invitationId of page.invitationIds) await expire(invitationId, now);
    startKey = page.nextKey;
    if (!startKey) return;
  }
}

/** Sent again, claimed or cancelled meanwhile: then there is nothing to persist. */
async function expire(invitationId: string, now: Instant): Promise<void> {
  const before = await loadInvitation(invitationId);
  if (before?.status !== 'invited' || invitationAt(before, now).status !== 'expired') return;
  const { partnerId, sendCount, expiresAt = now } = before;
  try {
    await transact({
      writes: [putInvitation(asExpired(before), before)],
      events: [event(invitationExpired, { invitationId, partnerId, sendCount, expiredAt: expiresAt }, now)],
      trace: { partnerId, after: { invitationId, sendCount, status: 'expired' } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
