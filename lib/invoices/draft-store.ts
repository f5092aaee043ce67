import { invoiceDrafted } from '#events/invoices.ts';
import { getItem, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { BusinessDay, Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import type { Draft } from './invoice.ts';
import { withAmounts } from './invoice-store.ts';

const partition = (entityId: string): string => `DRAFTS#${entityId}`;
const key = ({ issuer, draftId }: Draft): Key => ({ pk: partition(issuer.entityId), sk: draftId });

export const putDraft = (draft: Draft): Write => ({
  table: 'invoices',
  put: { ...key(draft), ...draft },
  condition: 'attribute_not_exists(pk)',
});

/** Goes with every put of a draft: who waits for a number is never forgotten, whatever dies afterwards. */
export const drafted = ({ draftId, partnerId, issuer }: Draft, now: Instant): OutgoingEvent =>
  event(invoiceDrafted, { draftId, partnerId, entityId: issuer.entityId, draftedAt: now }, now);

/** With the put of the invoice that it becomes. */
export const removeDraft = (draft: Draft): Write => ({
  table: 'invoices',
  remove: key(draft),
  condition: 'attribute_exists(pk)',
});

/** Drafts of an entity that wait for a number, the oldest first, as of this instant. */
export async function listDrafts(entityId: string, limit: number): Promise<Draft[]> {
  const { items } = await queryPage({ table: 'invoices', pk: partition(entityId), limit });
  return items.map(toDraft);
}

const DOCUMENT = 'DOCUMENT#';
const documentKey = (billId: string, name: string): Key => ({ pk: `BILL#${billId}`, sk: `${DOCUMENT}${name}` });
const FIRST = '1';

/** One invoice for a bill (FIN-111); another only in place of a returned one, which `replaces` names. */
export const putDocumentOfBill = (billId: string, { draftId, issuer, replaces }: Draft): Write => ({
  table: 'invoices',
  put: { ...documentKey(billId, replaces ?? FIRST), draftId, entityId: issuer.entityId },
  condition: 'attribute_not_exists(pk)',
});

/** Nobody has drafted one meanwhile. */
export const noDocument = (billId: string): Write => ({
  table: 'invoices',
  check: documentKey(billId, FIRST),
  condition: 'attribute_not_exists(pk)',
});

export async function hasDocument(billId: string): Promise<boolean> {
  return (await getItem('invoices', documentKey(billId, FIRST))) !== undefined;
}

/** Drafts of a bill's invoices that have no number yet, as of this instant. */
export async function draftsOfBill(billId: string): Promise<Draft[]> {
  const drafts: Draft[] = [];
  const documents = { table: 'invoices', pk: `BILL#${billId}`, sk: { beginsWith: DOCUMENT } } as const;
  for await (const { entityId, draftId } of queryAll(documents)) {
    const item = await getItem('invoices', { pk: partition(String(entityId)), sk: String(draftId) });
    if (item) drafts.push(toDraft(item));
  }
  return drafts;
}

/** How many numbers of a year have been given out, and the day of the last of them. */
export interface Series {
  readonly entityId: string;
  readonly year: string;
  readonly used: number;
  readonly lastIssuedOn?: BusinessDay;
}

const seriesKey = (entityId: string, year: string): Key => ({ pk: `SERIES#${entityId}`, sk: year });

export async function loadSeries(entityId: string, year: string): Promise<Series> {
  const item = await getItem('invoices', seriesKey(entityId, year));
  return { entityId, year, used: Number(item?.used ?? 0), lastIssuedOn: item?.lastIssuedOn as BusinessDay | undefined };
}

/** Takes the next `count` numbers, unless somebody took some since `before` was read. */
export const moveSeries = ({ entityId, year, used }: Series, count: number, issuedOn: BusinessDay): Write => ({
  table: 'invoices',
  update: seriesKey(entityId, year),
  set: 'SET used = :used, lastIssuedOn = :day',
  condition: used === 0 ? 'attribute_not_exists(pk)' : 'used = :seen',
  values: { ':used': used + count, ':day': issuedOn, ...(used === 0 ? {} : { ':seen': used }) },
});

const holdKey = (entityId: string): Key => seriesKey(entityId, 'HOLD');

/** @returns whether the series is ours until then; a hold that ran out is of a worker that died */
export async function hold(entityId: string, now: Instant, until: Instant): Promise<boolean> {
  const condition = 'attribute_not_exists(heldUntil) OR heldUntil < :now';
  const values = { ':until': until, ':now': now };
  const write = {
    table: 'invoices',
    update: holdKey(entityId),
    set: 'SET heldUntil = :until',
    condition,
    values,
  } as const;
  try {
    await transact({ aside: true, writes: [write] });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

export const letGo = (entityId: string): Promise<void> =>
  transact({ aside: true, writes: [{ table: 'invoices', remove: holdKey(entityId) }] });

function toDraft(item: Item): Draft {
  const { pk: _pk, sk: _sk, ...draft } = item;
  return withAmounts(draft);
}
