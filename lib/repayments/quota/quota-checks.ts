import * as z from 'zod';
import { eachPage } from '#lib/shared/each-page.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { listQuotas, QUOTA_SHARDS } from './quota-store.ts';

export const quotaMessage = z.object({ partnerId: z.string() });

/** One message for each partner that has a quota; what is checked is read when the message is worked off. */
export async function sendQuotaChecks(): Promise<void> {
  for (let shard = 0; shard < QUOTA_SHARDS; shard += 1) {
    await eachPage(
      (startKey) => listQuotas(shard, { limit: 500, startKey }),
      ({ quotas }) =>
        sendMessages(
          'quota-checks',
          quotas.map(({ partnerId }) => ({ partnerId })),
        ),
    );
  }
}
