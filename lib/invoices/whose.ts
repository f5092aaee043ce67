import type { Actor } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { invoiceErrors } from './errors.ts';
import type { Invoice } from './invoice.ts';
import { loadInvoice } from './invoice-store.ts';

const mayRead = (actor: Actor, partnerId: string): boolean =>
  actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === partnerId);

/** What is still being made, or could not be, only operators see. */
const isShown = (actor: Actor, { status }: Invoice): boolean =>
  actor.kind === 'operator' || (status !== 'Creating' && status !== 'Failed');

export const invoiceScope: Scope<Invoice> = {
  name: 'invoice',
  parameter: 'invoiceNo',
  notFound: invoiceErrors.INVOICE_NOT_FOUND,
  load: async (actor, invoiceNo) => {
    const invoice = await loadInvoice(invoiceNo);
    return invoice && mayRead(actor, invoice.partnerId) && isShown(actor, invoice) ? invoice : undefined;
  },
};
