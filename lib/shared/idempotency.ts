import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb, getItem, type Key, putIfAbsent, toItem } from './dynamodb.ts';
import { Refusal, sharedErrors } from './errors.ts';
import { tableName } from './resources.ts';
import { epochMs, epochSeconds, type Instant, plus } from './time.ts';
import { ConditionFailed, transact, type Write } from './transaction.ts';

const KEPT_HOURS = 24;
/** Longer than any HTTP operation may run: a claim older than this belongs to a crashed invocation. */
const CLAIM_SECONDS = 60;

export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

interface Claim {
  readonly digest: string;
  readonly state: 'claimed' | 'applied' | 'answered';
  readonly claimedAt: Instant;
  readonly claim: string;
  readonly status?: number;
  readonly body?: string;
}

const itemKey = (key: string) => ({ pk: `IDEMPOTENCY#${key}`, sk: 'CLAIM' });

/**
 * Claims an Idempotency-Key for one request. The first commit of the request marks the key as applied in the same transaction, so a
 * crash at any point leaves either nothing or a change that a repeat will not make again.
 * @param key actor, operation and the client's key
 * @returns the stored answer of an earlier equal request, or the write that marks the change as applied
 * @throws Refusal IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS, REQUEST_ALREADY_APPLIED
 */
export async function claimKey(
  key: string,
  digest: string,
  claim: string,
  now: Instant,
): Promise<{ answer: StoredAnswer } | { applied: Write }> {
  const fresh = {
    ...itemKey(key),
    digest,
    state: 'claimed',
    claimedAt: now,
    claim,
    expiresAt: epochSeconds(plus(now, { hours: KEPT_HOURS })),
  };
  if (await putIfAbsent('platform', fresh)) return { applied: markApplied(key, claim) };

  const stored = (await getItem('platform', itemKey(key))) as unknown as (Claim & { expiresAt: number }) | undefined;
  if (!stored) throw new Refusal(sharedErrors.REQUEST_IN_PROGRESS); // released in this moment
  const lapsed = stored.expiresAt * 1000 <= epochMs(now);
  if (!lapsed && stored.digest !== digest) throw new Refusal(sharedErrors.IDEMPOTENCY_KEY_REUSED);
  if (!lapsed && stored.state === 'answered')
    return { answer: { status: stored.status ?? 200, body: stored.body ?? '' } };
  if (!lapsed && stored.state === 'applied') throw new Refusal(sharedErrors.REQUEST_ALREADY_APPLIED);
  if (!lapsed && plus(stored.claimedAt, { seconds: CLAIM_SECONDS }) > now)
    throw new Refusal(sharedErrors.REQUEST_IN_PROGRESS);

  const takenOver = await takeOver(stored.claim, fresh);
  if (!takenOver) throw new Refusal(sharedErrors.REQUEST_IN_PROGRESS);
  return { applied: markApplied(key, claim) };
}

/** Keeps the answer for repeats. */
export async function storeAnswer(key: string, claim: string, answer: StoredAnswer): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: tableName('platform'),
      Key: toItem(itemKey(key)),
      UpdateExpression: 'SET #state = :answered, #status = :status, #body = :body',
      ConditionExpression: 'claim = :claim',
      ExpressionAttributeNames: { '#state': 'state', '#status': 'status', '#body': 'body' },
      ExpressionAttributeValues: toItem({
        ':answered': 'answered',
        ':status': answer.status,
        ':body': answer.body,
        ':claim': claim,
      }),
    }),
  );
}

/** Gives the key back after a refusal: nothing was changed, a corrected request may use it again. */
export function releaseKey(key: string, claim: string): Write {
  return {
    table: 'platform',
    remove: itemKey(key),
    condition: 'claim = :claim AND #state = :claimed',
    names: { '#state': 'state' },
    values: { ':claim': claim, ':claimed': 'claimed' },
  };
}

function markApplied(key: string, claim: string): Write {
  return {
    table: 'platform',
    update: itemKey(key),
    set: 'SET #state = :applied',
    condition: 'claim = :claim AND #state = :claimed',
    names: { '#state': 'state' },
    values: { ':applied': 'applied', ':claim': claim, ':claimed': 'claimed' },
    onConflict: sharedErrors.REQUEST_IN_PROGRESS,
  };
}

async function takeOver(oldClaim: string, fresh: Key & Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    await transact({
      aside: true,
      writes: [{ table: 'platform', put: fresh, condition: 'claim = :old', values: { ':old': oldClaim } }],
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
