import { getItem, type Item, type ItemQuery, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { DocumentType, Draft, Invoice } from './invoice.ts';

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

export interface InvoiceFilter {
  readonly cycle?: string;
  readonly statuses?: readonly string[];
  readonly documentType?: DocumentType;
}

/** A partner's invoices and credit notes, the newest period first. */
export async function listInvoices(
  partnerId: string,
  { cycle, ...wish }: InvoiceFilter,
  page: Page,
): Promise<{ invoices: Invoice[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'invoices',
    ...listIndex,
    pk: listKeyOf(partnerId),
    ...(cycle === undefined ? {} : { sk: { beginsWith: `${cycle}#` } }),
    filter: filterOf(wish),
    newestFirst: true,
    ...page,
  });
  return { invoices: answer.items.map(toInvoice), nextKey: answer.nextKey };
}

/** Only a credit note names what it cancels. */
const OF_TYPE: Readonly<Record<DocumentType, string>> = {
  invoice: 'attribute_not_exists(cancels)',
  'credit-note': 'attribute_exists(cancels)',
};

function filterOf({ statuses, documentType }: Omit<InvoiceFilter, 'cycle'>): ItemQuery['filter'] {
  const ofStatus = statuses && `#status IN (${statuses.map((_, i) => `:status${i}`).join(', ')})`;
  const expression = [ofStatus, documentType && OF_TYPE[documentType]].filter(Boolean).join(' AND ');
  if (expression === '') return undefined;
  return {
    expression,
    ...(statuses && {
      names: { '#status': 'status' },
      values: Object.fromEntries(statuses.map((status, i) => [`:status${i}`, status])),
    }),
  };
}

function toInvoice(item: Item): Invoice {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...invoice } = item;
  return withAmounts(invoice) as Invoice;
}

export const withAmounts = (stored: Item): Draft =>
  ({ ...stored, amount: loadMoney(stored.amount), withheld: loadMoney(stored.withheld) }) as unknown as Draft;
