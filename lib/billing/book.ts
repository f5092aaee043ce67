import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import { backoff } from '#lib/shared/retry.ts';
import { ConditionFailed, type Write } from '#lib/shared/transaction.ts';

/**
 * A set of rules that must not overlap: its changes come one after the other, each made under the version that it was decided on. The
 * version also tells a bill which changes it knows of.
 */
const bookKey = (pk: string): Key => ({ pk, sk: 'BOOK' });

export async function bookVersion(pk: string): Promise<number> {
  const item = await getItem('billing', bookKey(pk));
  return item ? Number(item.version) : 0;
}

export function moveBook(pk: string, seen: number): Write {
  return {
    table: 'billing',
    put: { ...bookKey(pk), version: seen + 1 },
    condition: seen === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
    values: seen === 0 ? undefined : { ':seen': seen },
  };
}

const ATTEMPTS = 6;

/** Decides again when somebody else changed the book in between. */
export async function inTurn<Result>(decideAndWrite: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await decideAndWrite();
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) throw error;
      await backoff(attempt);
    }
  }
}
