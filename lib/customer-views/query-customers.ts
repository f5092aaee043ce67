import * as z from 'zod';
import { seesAlerts } from '#lib/customer-alerts/index.ts';
import type { CustomerList, RankedList } from '#lib/customers/index.ts';
import { requireSeenGroup, seesGroups } from '#lib/groups/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import { billingMonthOf, type Instant, instant } from '#lib/shared/time.ts';
import { assignedSource } from './assigned-source.ts';
import { associationSource } from './association-source.ts';
import { groupSource } from './group-source.ts';
import { type CustomerRow, loadRowFacts, toCustomerRow } from './list-view.ts';
import { newLookups } from './lookups.ts';
import type { CustomerFilter } from './query-filter.ts';
import { rankedSource } from './ranked-source.ts';
import { selector } from './select.ts';
import { type Position, type Source, walk } from './source.ts';

/** Items that one call examines at most; with a filter that matches little a page is short, and the cursor goes on. */
const READ_AT_MOST = 500;
/** Items examined at once where not all of them may be wanted. */
const CHUNK = 100;

/** CUS-246. */
export const customerSort = z.object({
  sort: z.enum(['association-time', 'budget-usage', 'month-to-date']).default('association-time'),
  order: z.enum(['descending', 'ascending']).default('descending'),
});
type Sort = z.output<typeof customerSort>;

export interface CustomerQuery extends Sort {
  /** A distributor names its own or its resellers' customers; never both in one answer (CUS-048). */
  readonly scope: 'own' | 'resellers';
  readonly filter: CustomerFilter;
  readonly limit: number;
  readonly from?: Position;
}

/** A page of the customers that a member may see (CUS-002, ORG-13 to ORG-18). @throws Refusal SORT_NOT_POSSIBLE, GROUP_NOT_FOUND */
export async function queryCustomers(
  member: Member,
  type: PartnerType,
  query: CustomerQuery,
  now: Instant,
): Promise<{ items: CustomerRow[]; next?: Position }> {
  const { partnerId } = member;
  if (query.filter.groupId !== undefined) await requireSeenGroup(member, query.filter.groupId);
  const whole = listOf(partnerId, type, query.scope);
  const list: CustomerList = member.dataScope === 'own' ? { kind: 'manager', partnerId, memberId: member.id } : whole;
  const lookups = newLookups();
  const select = selector({ lists: [whole, list], filter: query.filter, partnerId, member }, lookups, now);
  const chunk = member.dataScope === 'all' && !isFiltered(query.filter) ? 0 : CHUNK;
  const { limit, from } = query;
  const page = await walk(sourceOf({ list, whole }, query, now), select, {
    limit,
    from,
    chunk,
    readAtMost: READ_AT_MOST,
  });
  const facts = await loadRowFacts(
    page.found,
    { partnerId, lookups, alerts: seesAlerts(member), groups: seesGroups(member) },
    now,
  );
  return { items: facts.map((each) => toCustomerRow(each, partnerId)), next: page.next };
}

/** The customers of a partner that a query is about. */
export const listOf = (partnerId: string, type: PartnerType, scope: CustomerQuery['scope']): RankedList =>
  type === 'reseller' ? { kind: 'reseller', resellerId: partnerId } : { kind: scope, partnerId };

/** Both ends of the time of association bound what is read, not only what is shown. */
export const sinceOf = ({ associatedFrom, associatedTo }: CustomerFilter) =>
  associatedFrom === undefined && associatedTo === undefined
    ? undefined
    : { from: associatedFrom && instant(associatedFrom), to: associatedTo && instant(associatedTo) };

function sourceOf(
  { list, whole }: { readonly list: CustomerList; readonly whole: RankedList },
  { sort, order, filter }: CustomerQuery,
  now: Instant,
): Source {
  const descending = order === 'descending';
  const month = billingMonthOf(now);
  const { groupId } = filter;
  if (groupId !== undefined) return groupSource({ groupId, sort, descending, month });
  if (sort === 'association-time') return associationSource(list, { newestFirst: descending, since: sinceOf(filter) });
  const ranking = { ranking: sort, descending, month };
  return list.kind === 'manager' ? assignedSource({ list, ...ranking }) : rankedSource({ list: whole, ...ranking });
}

/** A time of association is no filter to the walk: the index answers it. */
const isFiltered = ({ associatedFrom: _from, associatedTo: _to, ...filter }: CustomerFilter): boolean =>
  Object.values(filter).some((wish) => wish !== undefined);
