import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Draft, Invoice } from './invoice.ts';

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

const key = (invoiceNo: string): Key => ({ pk: `INVOICE#${invoiceNo}`, sk: 'INVOICE' });
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const listKeyOf = (partnerId: string): string => `INVOICES#${partnerId}`;

const toItem = (invoice: Invoice): Key & Item => ({
  ...key(invoice.invoiceNo),
  ...invoice,
  listKey: listKeyOf(invoice.partnerId),
  listSort: `${invoice.cycle}#${invoice.createdAt}#${invoice.invoiceNo}`,
});

/** A number is given once. */
export const putNewInvoice = (invoice: Invoice): Write => ({
  table: 'invoices',
  put: toItem(invoice),
  condition: 'attribute_not_exists(pk)',
});

/** The next state of an invoice under its version; what is printed on it never changes. */
export const replaceInvoice = (before: Invoice, after: Invoice): Write => ({
  table: 'invoices',
  put: toItem({ ...after, version: before.version + 1 }),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

/** Names the credit note on the invoice that it cancels, in the transaction that gives it its number; a version for whoever writes meanwhile. */
export const nameCreditNote = (invoiceNo: string, creditNoteNo: string): Write => ({
  table: 'invoices',
  update: key(invoiceNo),
  set: 'SET cancelledBy = :no, version = version + :one',
  condition: 'attribute_exists(pk)',
  values: { ':no': creditNoteNo, ':one': 1 },
});

export async function loadInvoice(invoiceNo: string): Promise<Invoice | undefined> {
  const item = await getItem('invoices', key(invoiceNo));
  return item && toInvoice(item);
}

/** A partner's invoices, the newest period first. */
export async function listInvoices(
  partnerId: string,
  wish: { readonly cycle?: string; readonly statuses?: readonly string[] },
  page: Page,
): Promise<{ invoices: Invoice[]; nextKey?: Record<string, unknown> }> {
  const { cycle, statuses } = wish;
  const answer = await queryPage({
    table: 'invoices',
    ...listIndex,
    pk: listKeyOf(partnerId),
    ...(cycle === undefined ? {} : { sk: { beginsWith: `${cycle}#` } }),
    ...(statuses ? { filter: oneOf(statuses) } : {}),
    newestFirst: true,
    ...page,
  });
  return { invoices: answer.items.map(toInvoice), nextKey: answer.nextKey };
}

const oneOf = (statuses: readonly string[]) => ({
  expression: `#status IN (${statuses.map((_, i) => `:status${i}`).join(', ')})`,
  names: { '#status': 'status' },
  values: Object.fromEntries(statuses.map((status, i) => [`:status${i}`, status])),
});

function toInvoice(item: Item): Invoice {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...invoice } = item;
  return withAmounts(invoice) as Invoice;
}

export const withAmounts = (stored: Item): Draft =>
  ({ ...stored, amount: loadMoney(stored.amount), withheld: loadMoney(stored.withheld) }) as unknown as Draft;
