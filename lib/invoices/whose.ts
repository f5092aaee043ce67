import { loadPartner } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { entityFor, type IssuingEntity } from './entity.ts';
import { listEntities, loadEntity } from './entity-store.ts';
import { entityErrors, invoiceErrors } from './errors.ts';
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

/** FIN-120: an entity is known to operators and to the partners that it bills. */
export const entityScope: Scope<IssuingEntity> = {
  name: 'issuing-entity',
  parameter: 'entityId',
  notFound: entityErrors.ISSUING_ENTITY_NOT_FOUND,
  load: async (actor, entityId) => {
    if (actor.kind === 'operator') return loadEntity(entityId);
    const entity = actor.kind === 'member' ? await entityOf(actor.partnerId) : undefined;
    return entity?.entityId === entityId ? entity : undefined;
  },
};

async function entityOf(partnerId: string): Promise<IssuingEntity | undefined> {
  const [entities, partner] = await Promise.all([listEntities(), loadPartner(partnerId)]);
  return partner && entityFor(entities, partner);
}
