import { loadRecord } from '#lib/expenditures/index.ts';
import { type Money, negate, sum } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { endPurchase, heldFor, type Purchase, purchaseAt } from './purchase.ts';
import { listMaybeEnded, loadHeld, moveHold, replacePurchase } from './purchase-store.ts';

type Owner = Pick<Purchase, 'partnerId' | 'customerId'>;

/** Each takes two items of a transaction. */
const ENDED_AT_ONCE = 45;

/**
 * Before anybody is told that a budget has no room: gives back what lapsed, and what settled purchases hold although their records are
 * part of usage by now. @returns whether less is held than `seen`, by this or by somebody else
 */
export async function giveBackEnded(owner: Owner, seen: Money, now: Instant): Promise<boolean> {
  const maybe = await listMaybeEnded(owner, now);
  const ended = (await Promise.all(maybe.map((each) => endedAt(each, now)))).filter(isEnded);
  await storeEnds(ended);
  return (await loadHeld(owner)) < seen;
}

interface Ended {
  readonly before: Purchase;
  readonly after: Purchase;
}

const isEnded = (ended: Ended | undefined): ended is Ended => ended !== undefined;

/** What has become of an open purchase without anybody storing it. */
export async function endedAt(before: Purchase, now: Instant): Promise<Ended | undefined> {
  const { status } = purchaseAt(before, now);
  if (status === 'lapsed' || status === 'closed') return { before, after: endPurchase(before, status, before.until) };
  const counted = before.settlement && (await isCounted(before, before.settlement.recordId));
  return counted ? { before, after: endPurchase(before, 'closed', now) } : undefined;
}

/** Record and usage counter are written in one transaction: where the record is, usage carries it. */
export async function isCounted({ customerId }: Pick<Purchase, 'customerId'>, recordId: string): Promise<boolean> {
  return (await loadRecord(recordId))?.customerId === customerId;
}

/** Purchases of one customer; those that somebody else moved meanwhile are left to them. */
export async function storeEnds(ended: readonly Ended[]): Promise<void> {
  for (let start = 0; start < ended.length; start += ENDED_AT_ONCE) {
    const some = ended.slice(start, start + ENDED_AT_ONCE);
    if (await stored(some)) continue;
    for (const one of some.length > 1 ? some : []) await stored([one]);
  }
}

async function stored(ended: readonly Ended[]): Promise<boolean> {
  const [first] = ended;
  if (!first) return true;
  try {
    await transact({
      aside: true, // also on the way of a request whose own change comes after it
      writes: [
        moveHold(first.before, negate(sum(ended.map(({ before }) => heldFor(before))))),
        ...ended.flatMap(({ before, after }) => replacePurchase(before, after)),
      ],
      trace: {
        operation: 'end-purchases',
        partnerId: first.before.partnerId,
        customerId: first.before.customerId,
        after: ended.map(({ after: { purchaseId, status } }) => ({ purchaseId, status })),
      },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
