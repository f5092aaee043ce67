import { type Item, queryAll } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Tracing } from './tracing.ts';

const partition = (customerId: string) => `TRACING#${customerId}`;

/** The newest turn of the switch; with `at`, the one that held at that time. */
export async function loadTracing(customerId: string, at?: Instant): Promise<Tracing | undefined> {
  const turns = queryAll({
    table: 'audit',
    pk: partition(customerId),
    sk: { beginsWith: 'TURN#' },
    newestFirst: true,
    limit: at === undefined ? 1 : 10,
  });
  for await (const item of turns) {
    const tracing = toTracing(item);
    if (at === undefined || tracing.since <= at) return tracing;
  }
  return undefined;
}

/** Appends a turn; somebody who turned at the same time lets it fail (ConditionFailed). */
export function putTracing(customerId: string, tracing: Tracing): Write {
  return {
    table: 'audit',
    put: { pk: partition(customerId), sk: `TURN#${String(tracing.version).padStart(10, '0')}`, ...tracing },
    condition: 'attribute_not_exists(pk)',
  };
}

function toTracing(item: Item): Tracing {
  const { pk: _pk, sk: _sk, ...tracing } = item;
  return tracing as unknown as Tracing;
}
