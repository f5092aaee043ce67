import { queryAll } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type AssociationRecord, SIDES, type Side } from './association-record.ts';
import type { LastRequests } from './cool-down.ts';
import { changeErrors } from './errors.ts';

const TABLE = 'customer-development';

/** What stands between a partner and a customer: at most one pending request, and when each side asked last. */
export interface Pair {
  readonly partnerId: string;
  readonly customerId: string;
  readonly pendingId?: string;
  readonly lastRequests: LastRequests;
}

type Named = Pick<Pair, 'partnerId' | 'customerId'>;

const partition = ({ partnerId, customerId }: Named): string => `PAIR#${partnerId}#${customerId}`;
const pendingKey = (pair: Named) => ({ pk: partition(pair), sk: 'PENDING' });
const coolDownKey = (pair: Named, side: Side) => ({ pk: partition(pair), sk: `COOLDOWN#${side}` });

export async function loadPair({ partnerId, customerId }: Named): Promise<Pair> {
  const found = new Map<string, Record<string, unknown>>();
  for await (const item of queryAll({ table: TABLE, pk: partition({ partnerId, customerId }) })) {
    found.set(String(item.sk), item);
  }
  const last = SIDES.flatMap((side) => {
    const item = found.get(`COOLDOWN#${side}`);
    return item ? [[side, item.requestedAt as Instant] as const] : [];
  });
  const pendingId = found.get('PENDING')?.recordId as string | undefined;
  return { partnerId, customerId, pendingId, lastRequests: Object.fromEntries(last) };
}

/** ORD-31: of two requests at once one gets the place. */
export const claimPending = ({ recordId, ...record }: AssociationRecord): Write => ({
  table: TABLE,
  put: { ...pendingKey(record), recordId },
  condition: 'attribute_not_exists(pk)',
  onConflict: changeErrors.REQUEST_PENDING,
});

/** For a change that needs nobody's answer. */
export const nothingPending = (pair: Named): Write => ({
  table: TABLE,
  check: pendingKey(pair),
  condition: 'attribute_not_exists(pk)',
  onConflict: changeErrors.REQUEST_PENDING,
});

/** Makes room for the next request; without a refusal somebody ended this one in between (ConditionFailed). */
export const releasePending = ({ recordId, ...record }: AssociationRecord): Write => ({
  table: TABLE,
  remove: pendingKey(record),
  condition: 'recordId = :record',
  values: { ':record': recordId },
});

/** ORD-23, ORD-24: the request counts from now on, whatever becomes of it (ConditionFailed when the same side asked meanwhile). */
export function startCoolDown(pair: Pair, side: Side, now: Instant): Write {
  const seen = pair.lastRequests[side];
  return {
    table: TABLE,
    put: { ...coolDownKey(pair, side), requestedAt: now },
    condition: seen === undefined ? 'attribute_not_exists(pk)' : 'requestedAt = :seen',
    values: seen === undefined ? undefined : { ':seen': seen },
  };
}
