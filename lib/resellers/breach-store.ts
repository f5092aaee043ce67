import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Breach } from './breach.ts';

const pkOf = (partnerId: string): string => `PARTNER#${partnerId}`;

/** Append only. */
export const appendBreach = (breach: Breach): Write => ({
  table: 'resellers',
  put: { pk: pkOf(breach.partnerId), sk: `BREACH#${breach.recordedAt}#${breach.breachId}`, ...breach },
  condition: 'attribute_not_exists(pk)',
});

/** A partner's breaches, newest first. */
export async function listBreaches(
  partnerId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ breaches: Breach[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'resellers',
    pk: pkOf(partnerId),
    sk: { beginsWith: 'BREACH#' },
    newestFirst: true,
    ...page,
  });
  return { breaches: answer.items.map(toBreach), nextKey: answer.nextKey };
}

function toBreach({ pk: _pk, sk: _sk, ...breach }: Item): Breach {
  return breach as unknown as Breach;
}
