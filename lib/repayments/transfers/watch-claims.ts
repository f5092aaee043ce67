import { transferClaimsOverdue } from '#events/repayments.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { count } from '#lib/shared/log.ts';
import { event } from '#lib/shared/outbox.ts';
import { businessDayOf, type Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { isLateClaim, type TransferClaim } from './claim.ts';
import { listOpenClaims } from './claim-store.ts';

/** FIN-82: tells operators once a day of claims that have waited for more than three working days; a second run says nothing new. */
export async function watchClaims(dueAt: Instant): Promise<void> {
  const late = await lateClaims(dueAt);
  if (late.length === 0) return;
  count('TransferClaimsOverdue', late.length);
  const day = businessDayOf(dueAt);
  const longestSince = late.map(({ submittedAt }) => submittedAt).sort()[0] ?? dueAt;
  const detail = { day, overdue: late.length, longestSince };
  const id = derivedId('evt', transferClaimsOverdue.name, day);
  await transact({ writes: [], events: [event(transferClaimsOverdue, detail, dueAt, id)] });
}

/** They lead the list, so reading stops at the first that still has time. */
async function lateClaims(now: Instant): Promise<TransferClaim[]> {
  const late: TransferClaim[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const { claims, nextKey } = await listOpenClaims({ limit: 100, startKey });
    const overdue = claims.filter((claim) => isLateClaim(claim, now));
    late.push(...overdue);
    startKey = overdue.length === claims.length ? nextKey : undefined;
  } while (startKey);
  return late;
}
