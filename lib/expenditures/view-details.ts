import { type Assignment, loadAssignments } from '#lib/customers/index.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { usageCompleteThrough } from './feed.ts';
import { closedAtOf } from './month-store.ts';
import { positionOf } from './position.ts';
import type { ExpenditureRecord } from './record.ts';
import { cycleRecords } from './record-store.ts';
import { type ExpenditureAccess, isShown, requireAccess } from './view-access.ts';
import { type DetailFilter, matches, requireWithinHorizon } from './view-filter.ts';
import { mergedNewestFirst } from './view-merge.ts';

/** Records that one request reads at most in search of those that match; the page is then short and the cursor goes on. */
const READ_AT_MOST = 2_000;

export interface DetailsQuery {
  readonly customerId: string;
  readonly cycle: BillingMonth;
  readonly filter: DetailFilter;
  readonly limit: number;
  /** Position of the last record that the page before has looked at. */
  readonly before?: string;
}

export interface Details {
  readonly access: ExpenditureAccess;
  readonly records: readonly ExpenditureRecord[];
  readonly next?: string;
  /** Partners whose month is closed: their records are settled (ORD-133). */
  readonly closedFor: ReadonlySet<string>;
  readonly resellers: ReadonlyMap<string, Partner>;
  /** Account managers of the acting partner since the customer came to it; none for who is not told. */
  readonly assignments: readonly Assignment[];
  readonly usageCompleteThrough?: Instant;
}

/**
 * A page of a customer's records of one billing cycle, newest first; those of the current day are among them (ORD-128).
 * @throws Refusal CUSTOMER_NOT_FOUND, BILL_ACCESS_REVOKED, CONTACT_ECOSYSTEM_MANAGER
 */
export async function listDetails(actor: Actor, query: DetailsQuery, now: Instant): Promise<Details> {
  const access = await requireAccess(actor, query.customerId);
  requireWithinHorizon(query.cycle, now);
  const page = await pageOf(access, query);
  const [closedFor, resellers, assignments, completeThrough] = await Promise.all([
    closedPartners(access, query.cycle),
    resellersOf(access, page.records),
    assignmentsOf(access, now),
    usageCompleteThrough(),
  ]);
  return { access, ...page, closedFor, resellers, assignments, usageCompleteThrough: completeThrough };
}

async function pageOf(access: ExpenditureAccess, query: DetailsQuery): Promise<Pick<Details, 'records' | 'next'>> {
  const { customerId, cycle, limit, before, filter } = query;
  const stretch = { customerId, cycle, to: before, newestFirst: true, readAhead: limit + 1 };
  const streams = access.partnerIds.map((partnerId) => cycleRecords({ partnerId, ...stretch }));
  const records: ExpenditureRecord[] = [];
  let read = 0;
  let position = before;
  for await (const record of mergedNewestFirst(streams)) {
    if (positionOf(record) === before) continue; // the stretch includes it
    if (records.length === limit || read === READ_AT_MOST) return { records, next: position };
    if (isShown(access, record) && matches(record, filter)) records.push(record);
    position = positionOf(record);
    read += 1;
  }
  return { records };
}

async function closedPartners({ partnerIds }: ExpenditureAccess, cycle: BillingMonth): Promise<Set<string>> {
  const closed = await Promise.all(partnerIds.map((partnerId) => closedAtOf(partnerId, cycle)));
  return new Set(partnerIds.filter((_, i) => closed[i] !== undefined));
}

/** Resellers are a distributor's affair: neither they themselves nor the customer need the column. */
async function resellersOf(
  { viewer }: ExpenditureAccess,
  records: readonly ExpenditureRecord[],
): Promise<Map<string, Partner>> {
  if (viewer === 'reseller' || viewer === 'customer') return new Map();
  const ids = [...new Set(records.flatMap(({ resellerId }) => resellerId ?? []))];
  const partners = await Promise.all(ids.map(loadPartner));
  return new Map(partners.flatMap((partner) => (partner ? [[partner.partnerId, partner]] : [])));
}

/** Each partner knows its own managers (CUS-189). */
async function assignmentsOf(access: ExpenditureAccess, now: Instant): Promise<readonly Assignment[]> {
  const { customer, viewer, resellerId, partnerIds } = access;
  if (viewer !== 'tier-1-partner' && viewer !== 'reseller') return [];
  const partnerId = resellerId ?? partnerIds[0];
  return partnerId === undefined ? [] : loadAssignments(customer.customerId, partnerId, now);
}
