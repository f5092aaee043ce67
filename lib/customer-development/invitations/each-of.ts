import { Refusal } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';

/** What a batch did with one of its items (DEV-05, DEV-56). */
export type ItemOutcome<T> =
  | { readonly id: string; readonly done: T }
  | { readonly id: string; readonly refused: Refusal };

/**
 * Works off the items of a batch one after the other, each succeeding or failing alone; duplicates count once. One at a time, because
 * the first commit of a request carries its idempotency mark.
 */
export async function eachOf<T>(ids: readonly string[], work: (id: string) => Promise<T>): Promise<ItemOutcome<T>[]> {
  const outcomes: ItemOutcome<T>[] = [];
  for (const id of new Set(ids)) outcomes.push(await attempt(id, work));
  return outcomes;
}

async function attempt<T>(id: string, work: (id: string) => Promise<T>): Promise<ItemOutcome<T>> {
  try {
    return { id, done: await work(id) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The request as a whole succeeds, so the refusal of this item is traced here (DEV-04).
    const trace = { outcome: 'refused', code: error.definition.code, after: { id: id.slice(0, 200) } } as const;
    await transact({ writes: [], trace, aside: true });
    return { id, refused: error };
  }
}
