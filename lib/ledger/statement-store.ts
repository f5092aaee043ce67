import { type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { StatementEntry } from './account.ts';
import type { StatementType } from './posting.ts';

/** By time, and within an instant by number. */
export const statementKey = (entry: Pick<StatementEntry, 'partnerId' | 'transactionTime' | 'transactionNo'>): Key => ({
  pk: `STATEMENT#${entry.partnerId}`,
  sk: `ENTRY#${entry.transactionTime}#${entry.transactionNo}`,
});

export interface StatementRange {
  /** First instant. */
  readonly from: Instant;
  /** Last instant. */
  readonly to: Instant;
  readonly types?: readonly StatementType[];
}

/** Rows of a partner's statement, the newest first. A page may be short, or empty, while a key to go on from follows. */
export async function listStatements(
  partnerId: string,
  { from, to, types }: StatementRange,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown>; readonly oldestFirst?: boolean },
): Promise<{ entries: StatementEntry[]; nextKey?: Record<string, unknown> }> {
  const names = types?.map((_, i) => `:t${i}`) ?? [];
  const answer = await queryPage({
    table: 'ledger',
    pk: `STATEMENT#${partnerId}`,
    sk: { between: [`ENTRY#${from}`, `ENTRY#${to}#~`] },
    newestFirst: page.oldestFirst !== true,
    limit: page.limit,
    startKey: page.startKey,
    ...(types
      ? {
          filter: {
            expression: `#type IN (${names.join(', ')})`,
            names: { '#type': 'type' },
            values: Object.fromEntries(types.map((type, i) => [`:t${i}`, type])),
          },
        }
      : {}),
  });
  return { entries: answer.items.map(toEntry), nextKey: answer.nextKey };
}

function toEntry(item: Item): StatementEntry {
  const { pk: _pk, sk: _sk, ...entry } = item;
  return { ...(entry as unknown as StatementEntry), amount: loadMoney(item.amount), balance: loadMoney(item.balance) };
}
