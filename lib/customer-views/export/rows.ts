import * as z from 'zod';
import { type Customer, type CustomerList, loadCustomers } from '#lib/customers/index.ts';
import type { Job } from '#lib/shared/job.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { associationSource } from '../association-source.ts';
import { groupSource } from '../group-source.ts';
import { loadRowFacts } from '../list-view.ts';
import { newLookups } from '../lookups.ts';
import { listOf, sinceOf } from '../query-customers.ts';
import { selector } from '../select.ts';
import { type Position, type Source, walk } from '../source.ts';
import { cellsOf } from './columns.ts';
import { type CustomerExportWish, exportParameters } from './export-job.ts';

export interface Rows {
  readonly cells: readonly (readonly string[])[];
  /** Absent when nothing follows. */
  readonly next?: Position;
}

/** Reads the rows of an export, a stretch at a time. */
export type RowReader = (from: Position | undefined, limit: number) => Promise<Rows>;

/**
 * Newest association first; who came after the export was asked for is left out, so that a step that is repeated writes the same rows.
 */
export function rowReader({ ownerId, createdAt, parameters }: Job, now: Instant): RowReader {
  const wish = exportParameters.parse(parameters);
  const { scope, filter, partnerType } = wish;
  const list = listOf(ownerId, partnerType, scope);
  const lookups = newLookups();
  const select = selector({ lists: [list], filter, partnerId: ownerId }, lookups, now);
  const source = sourceOf(wish, list, createdAt);
  return async (from, limit) => {
    const page = await walk(source, select, { limit, from, chunk: limit, readAtMost: 10 * limit });
    const facts = await loadRowFacts(page.found, { partnerId: ownerId, lookups, alerts: true, groups: true }, now);
    return { cells: facts.map((each) => cellsOf(each, partnerType, scope)), next: page.next };
  };
}

function sourceOf({ filter, customerIds }: CustomerExportWish, list: CustomerList, createdAt: Instant): Source {
  if (customerIds) return selected(customerIds);
  const { groupId } = filter;
  if (groupId !== undefined)
    return groupSource({ groupId, sort: 'association-time', descending: true, month: billingMonthOf(createdAt) });
  return associationSource(list, { newestFirst: true, since: withoutLater(sinceOf(filter), createdAt) });
}

function withoutLater(since: ReturnType<typeof sinceOf>, createdAt: Instant) {
  const { from, to } = since ?? {};
  return { from, to: to !== undefined && to < createdAt ? to : createdAt };
}

const place = z.object({ behind: z.number().int() });

/** The rows selected on a page, few enough to be put in order at once. */
const selected =
  (customerIds: readonly string[]): Source =>
  async (from, limit) => {
    const customers = (await loadCustomers([...new Set(customerIds)])).toSorted((a, b) =>
      orderOf(a) < orderOf(b) ? 1 : -1,
    );
    const first = from ? place.parse(from).behind : 0;
    const entries = customers
      .map((customer, i) => ({ customer, position: { behind: i + 1 } }))
      .slice(first, first + limit);
    const next = first + limit < customers.length ? { behind: first + limit } : undefined;
    return { entries, read: Math.max(entries.length, 1), next };
  };

const orderOf = ({ association, customerId }: Customer): string => `${association?.since ?? ''}#${customerId}`;
