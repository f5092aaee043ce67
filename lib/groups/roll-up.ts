import * as z from 'zod';
import { listPartners } from '#lib/partners/index.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import type { Instant } from '#lib/shared/time.ts';
import { evaluateGroup, isWatched } from './evaluate-group.ts';
import { listGroupsOf } from './group-store.ts';

/** The groups of a parent, or one of them. */
export const rollUpMessage = z.union([z.object({ parentId: z.string() }), z.object({ groupId: z.string() })]);
type RollUpMessage = z.infer<typeof rollUpMessage>;

const QUEUE = 'group-roll-ups';
const PARTNERS_PER_PAGE = 100;

/** CUS-265: one message per partner. A second plan for the same hour finds nothing left to do. */
export async function planRollUps(): Promise<void> {
  for (const which of ['billed', 'reseller'] as const) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await listPartners(which, { limit: PARTNERS_PER_PAGE, startKey });
      await sendMessages(
        QUEUE,
        page.partners.map(({ partnerId }): RollUpMessage => ({ parentId: partnerId })),
      );
      startKey = page.nextKey;
    } while (startKey);
  }
}

/** A group by itself is one message, so that a failing one is repeated alone. */
export async function rollUp(message: RollUpMessage, now: Instant): Promise<void> {
  if ('groupId' in message) return evaluateGroup(message.groupId, now);
  const groups = await listGroupsOf(message.parentId);
  await sendMessages(
    QUEUE,
    groups.filter((group) => isWatched(group)).map(({ groupId }): RollUpMessage => ({ groupId })),
  );
}
