import { loadBill, parseBillId, payableInMoney } from '#lib/billing/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { followUp } from './charge-cards.ts';
import type { Round } from './round.ts';
import { listRetries, RETRY_SHARDS, replaceRound } from './round-store.ts';

const AT_ONCE = 100;

/** FIN-91: a bill whose cards all failed is charged again once a day until it is paid; each bill in a transaction of its own. */
export async function retryRounds(now: Instant): Promise<void> {
  for (let shard = 0; shard < RETRY_SHARDS; shard += 1) {
    for (let failed = await listRetries(shard, now, AT_ONCE); failed.length > 0; ) {
      await Promise.all(failed.map((round) => retry(round, now)));
      failed = failed.length < AT_ONCE ? [] : await listRetries(shard, now, AT_ONCE);
    }
  }
}

async function retry(failed: Round, now: Instant): Promise<void> {
  const named = parseBillId(failed.billId ?? '');
  const bill = named && (await loadBill(named.partnerId, named.cycle));
  const open = bill !== undefined && bill.billId === failed.billId && payableInMoney(bill) > 0n;
  const { retryAt: _over, ...rest } = failed;
  try {
    await transact(open ? followUp(failed, now) : { writes: [replaceRound(failed, rest)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // followed by somebody else
  }
}
