import type { Instant } from '#lib/shared/time.ts';
import { expireInvitation } from './end-application.ts';
import { DUE_SHARDS, listDueInvitations } from './invitation-store.ts';

const PAGE = 100;

/**
 * DEV-197: marks what has run out, frees its accounts and tells of it. Links end by themselves (DEV-07), so a late or repeated sweep
 * changes nothing else; only what is due is read. One that cannot be marked holds up nobody, but fails the run.
 */
export async function expireInvitations(dueAt: Instant): Promise<void> {
  const failures: unknown[] = [];
  for (let shard = 0; shard < DUE_SHARDS; shard += 1) failures.push(...(await expireShard(shard, dueAt)));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} invitations could not be marked`);
}

async function expireShard(shard: number, dueAt: Instant): Promise<unknown[]> {
  const failures: unknown[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listDueInvitations(shard, dueAt, { limit: PAGE, startKey });
    for (const invitationId of page.invitationIds) {
      try {
        await expireInvitation(invitationId, dueAt);
      } catch (error) {
        failures.push(error);
      }
    }
    startKey = page.nextKey;
  } while (startKey);
  return failures;
}
