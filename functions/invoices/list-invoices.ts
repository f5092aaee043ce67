import * as z from 'zod';
import { billedPartners, cycleField, partnerField, partnerOf } from '#lib/billing/index.ts';
import { DOCUMENT_TYPES, INVOICE_STATUSES, invoiceView, listInvoices, toInvoiceView } from '#lib/invoices/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const NAME = 'list-invoices';
/** What the screens of partners show; operators see those on their way, too. */
const SHOWN = INVOICE_STATUSES.filter((status) => status !== 'Creating' && status !== 'Failed');

export const handler = operation({
  name: NAME,
  summary: 'Invoices of a partner and the credit notes against them, the newest period first.',
  rules: 'FIN-113, FIN-117, FIN-144',
  route: 'GET /v1/invoices',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  query: z.object({
    partnerId: partnerField,
    period: cycleField.optional(),
    status: z.enum(INVOICE_STATUSES).optional(),
    documentType: z.enum(DOCUMENT_TYPES).optional(),
    ...pageQuery,
  }),
  response: z.object({ items: z.array(invoiceView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { partnerId: named, period, status, documentType, limit, cursor } }) => {
    const partnerId = partnerOf(actor, named);
    const list = `${NAME}:${partnerId}:${period ?? ''}:${status ?? ''}:${documentType ?? ''}`;
    const all = actor.kind === 'operator' ? INVOICE_STATUSES : SHOWN;
    const statuses = status === undefined ? all : all.filter((each) => each === status);
    if (statuses.length === 0) return { items: [] };
    const page = { limit, startKey: fromCursor(cursor, list) };
    const filter = { cycle: period, statuses, documentType };
    const { invoices, nextKey } = await listInvoices(partnerId, filter, page);
    return { items: invoices.map(toInvoiceView), nextCursor: toCursor(nextKey, list) };
  },
});
