import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { EntityWish, IssuingEntity } from './entity.ts';
import { loadEntity, putEntity } from './entity-store.ts';

/** Keeps an issuing entity; what it has issued stays as it was (FIN-118). @throws Refusal VERSION_CONFLICT */
export async function setEntity(
  wish: EntityWish,
  { expectedVersion, reason }: { readonly expectedVersion: number; readonly reason: string },
  now: Instant,
): Promise<IssuingEntity> {
  const before = await loadEntity(wish.entityId);
  if ((before?.version ?? 0) !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const after: IssuingEntity = { ...wish, updatedAt: now, version: expectedVersion + 1 };
  await transact({ writes: [putEntity(before, after)], trace: { before, after: { ...after, reason } } });
  return after;
}
