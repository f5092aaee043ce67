import type { Customer } from '#lib/customers/index.ts';

/** A customer with its place in the order of the answer. */
export interface Entry {
  readonly customer: Customer;
  readonly position: Position;
}

/** What a cursor carries; its form is the source's own. */
export type Position = Record<string, unknown>;

export interface Stretch {
  readonly entries: readonly Entry[];
  /** Items examined for it, those left out included. */
  readonly read: number;
  /** Behind everything examined; absent when nothing follows. */
  readonly next?: Position;
}

/** Customers in some order, a stretch at a time. */
export type Source = (from: Position | undefined, limit: number) => Promise<Stretch>;

export interface Walk {
  readonly found: readonly Customer[];
  readonly next?: Position;
}

/**
 * Walks a source until `limit` customers are found or `readAtMost` are examined: a rare match costs several calls with short or empty
 * pages, never one call without bounds.
 * @param select those of a stretch that are wanted
 */
export async function walk(
  source: Source,
  select: (customers: readonly Customer[]) => Promise<ReadonlySet<string>>,
  wish: { readonly limit: number; readonly from?: Position; readonly chunk: number; readonly readAtMost: number },
): Promise<Walk> {
  const found: Customer[] = [];
  let { from } = wish;
  for (let read = 0; read < wish.readAtMost; ) {
    const stretch = await source(from, Math.max(wish.chunk, wish.limit - found.length));
    const wanted = await select(stretch.entries.map(({ customer }) => customer));
    for (const [i, { customer, position }] of stretch.entries.entries()) {
      if (!wanted.has(customer.customerId)) continue;
      found.push(customer);
      if (found.length < wish.limit) continue;
      return { found, next: i === stretch.entries.length - 1 ? stretch.next : position };
    }
    if (!stretch.next) return { found };
    from = stretch.next;
    read += stretch.read;
  }
  return { found, next: from };
}
