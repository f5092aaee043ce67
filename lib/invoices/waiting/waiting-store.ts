import { getItem, type Item, type Key } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { listHandedIn } from '../lists.ts';

/** The invoice of a bill that cannot be made out for now. */
export interface WaitingInvoice {
  readonly billId: string;
  readonly partnerId: string;
  readonly cycle: string;
  /** A code: what an operator can do about it. */
  readonly cause: string;
  readonly since: Instant;
}

const WAITING = 'WAITING';
const key = (billId: string): Key => ({ pk: `BILL#${billId}`, sk: WAITING });

export const putWaiting = (waiting: WaitingInvoice): Write => ({
  table: 'invoices',
  put: { ...key(waiting.billId), ...waiting, openKey: WAITING, openSort: `${waiting.since}#${waiting.billId}` },
  condition: 'attribute_not_exists(pk)',
});

/** With the draft that ends the waiting, or with the bill. */
export const removeWaiting = (billId: string): Write => ({
  table: 'invoices',
  remove: key(billId),
  condition: 'attribute_exists(pk)',
});

/** Nobody said meanwhile that it waits. */
export const isNotWaiting = (billId: string): Write => ({
  table: 'invoices',
  check: key(billId),
  condition: 'attribute_not_exists(pk)',
});

export const isWaiting = async (billId: string): Promise<boolean> =>
  (await getItem('invoices', key(billId))) !== undefined;

/** Those of all partners, the longest waiting first. */
export async function listWaiting(page: {
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}): Promise<{ waiting: WaitingInvoice[]; nextKey?: Record<string, unknown> }> {
  const { items, nextKey } = await listHandedIn(WAITING, undefined, page);
  return { waiting: items.map(toWaiting), nextKey };
}

function toWaiting(item: Item): WaitingInvoice {
  const { pk: _pk, sk: _sk, openKey: _openKey, openSort: _openSort, ...waiting } = item;
  return waiting as unknown as WaitingInvoice;
}
