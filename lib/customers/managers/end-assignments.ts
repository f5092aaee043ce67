import * as z from 'zod';
import { sendMessages } from '#lib/shared/queue.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { loadCustomer, replaceCustomer } from '../customer-store.ts';
import { ENDING_SHARDS, listEnded, loadAssignment, removeEnded, type StoredAssignment } from './assignment-store.ts';

const QUEUE = 'assignment-endings';
const PER_MESSAGE = 100;

/** One shard of the assignments whose end has come. */
export const endingMessage = z.object({ shard: z.number().int() });

/** CUS-258: one message per shard. Nobody waits for the job: that an assignment has ended is decided by its time. */
export async function planEndings(): Promise<void> {
  await sendMessages(
    QUEUE,
    Array.from({ length: ENDING_SHARDS }, (_, shard): z.infer<typeof endingMessage> => ({ shard })),
  );
}

/** Notes the ends of a shard, a hundred per message; early, late or twice it changes nothing that was not so already. */
export async function endAssignments({ shard }: z.infer<typeof endingMessage>, now: Instant): Promise<void> {
  const ended = await listEnded(shard, now, PER_MESSAGE);
  for (const assignment of ended) await noteEnd(assignment, now);
  if (ended.length === PER_MESSAGE) await sendMessages(QUEUE, [{ shard }]);
}

async function noteEnd({ customerId, partnerId }: StoredAssignment, now: Instant): Promise<void> {
  await redecide(async () => {
    const [assignment, customer] = await Promise.all([
      loadAssignment(customerId, partnerId),
      loadCustomer(customerId, { consistent: true }),
    ]);
    // The index may still show one that was assigned anew or whose association has ended.
    if (!assignment?.endsAt || assignment.endsAt > now || !customer) return;
    const { memberId, endsAt } = assignment;
    await transact({
      writes: [removeEnded(assignment), replaceCustomer(customer, { ...customer, version: customer.version + 1 })],
      trace: { partnerId, customerId, before: { memberId, endsAt }, after: null },
    });
  });
}
