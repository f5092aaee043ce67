import { currentCall } from '#lib/shared/call.ts';
import { getItem, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Customer } from '../customer.ts';
import type { AssignmentFact } from './history.ts';

const partition = (customerId: string): string => `CUSTOMER#${customerId}`;
const key = (customerId: string, partnerId: string) => ({
  pk: partition(customerId),
  sk: `ASSIGNMENT#${partnerId}`,
});
const managerIndex = { index: 'byManager', keys: { pk: 'managerKey', sk: 'sinceKey' } } as const;
const dueIndex = { index: 'byDue', keys: { pk: 'dueKey', sk: 'dueSort' } } as const;

export const ENDING_SHARDS = 8;

/** The present assignment of a customer to a partner's account manager; a change of it is held by the customer's version. */
export interface StoredAssignment {
  readonly customerId: string;
  readonly partnerId: string;
  readonly memberId: string;
  readonly assignedAt: Instant;
  readonly endsAt?: Instant;
}

/** Replaces whoever was assigned before. */
export const putAssignment = (customerId: string, partnerId: string, memberId: string, since: Instant): Write => ({
  table: 'customers',
  put: {
    ...key(customerId, partnerId),
    customerId,
    partnerId,
    memberId,
    assignedAt: since,
    managerKey: `${partnerId}#${memberId}`,
    sinceKey: `${since}#${customerId}`,
  },
});

/** ORD-44: the assignment ends with the association. */
export const removeAssignment = (customerId: string, partnerId: string): Write => ({
  table: 'customers',
  remove: key(customerId, partnerId),
});

/** CUS-041; the due index names it to the job until it has ended or goes on. */
export const endAssignmentAt = (customerId: string, partnerId: string, memberId: string, endsAt: Instant): Write => ({
  table: 'customers',
  update: key(customerId, partnerId),
  set: 'SET endsAt = :endsAt, dueKey = :dueKey, dueSort = :dueSort',
  condition: 'memberId = :member',
  values: {
    ':endsAt': endsAt,
    ':dueKey': dueKey(shardOf(customerId)),
    ':dueSort': `${endsAt}#${customerId}#${partnerId}`,
    ':member': memberId,
  },
});

/** CUS-187: the assignment goes on as if nobody had asked for its end. */
export const resumeAssignment = (customerId: string, partnerId: string, memberId: string): Write => ({
  table: 'customers',
  update: key(customerId, partnerId),
  set: 'REMOVE endsAt, dueKey, dueSort',
  condition: 'memberId = :member',
  values: { ':member': memberId },
});

/** Tidies up an assignment that has ended; one that was assigned anew meanwhile stays (ConditionFailed). */
export const removeEnded = ({ customerId, partnerId, endsAt }: StoredAssignment): Write => ({
  table: 'customers',
  remove: key(customerId, partnerId),
  condition: 'endsAt = :endsAt',
  values: { ':endsAt': endsAt },
});

/** Appended with the change that it tells of; the customer's version after it orders the facts, whatever the clocks say. */
export const appendFact = ({ customerId, version }: Customer, partnerId: string, fact: AssignmentFact): Write => ({
  table: 'customers',
  put: {
    pk: partition(customerId),
    sk: `ASSIGNMENT#${partnerId}#${String(version).padStart(10, '0')}`,
    ...fact,
  },
  condition: 'attribute_not_exists(pk)',
});

export async function loadAssignment(customerId: string, partnerId: string): Promise<StoredAssignment | undefined> {
  const item = await getItem('customers', key(customerId, partnerId));
  return item as unknown as StoredAssignment | undefined;
}

/** Everything that was noted about a customer's account managers with a partner, oldest first: a few entries a year. */
export async function loadFacts(customerId: string, partnerId: string): Promise<AssignmentFact[]> {
  const facts: AssignmentFact[] = [];
  const sk = { beginsWith: `ASSIGNMENT#${partnerId}#` };
  for await (const { pk: _pk, sk: _sk, ...fact } of queryAll({ table: 'customers', pk: partition(customerId), sk }))
    facts.push(fact as unknown as AssignmentFact);
  return facts;
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };
interface AssignmentPage {
  readonly assignments: StoredAssignment[];
  readonly nextKey?: Record<string, unknown>;
}

/** Customers assigned to an account manager now, newest assignment first; a page may be short while more follow. */
export async function listAssignments(partnerId: string, memberId: string, page: Page): Promise<AssignmentPage> {
  const answer = await queryPage({
    table: 'customers',
    ...managerIndex,
    pk: `${partnerId}#${memberId}`,
    newestFirst: true,
    filter: { expression: STILL_ASSIGNED, values: { ':now': currentCall().now } },
    ...page,
  });
  return { assignments: answer.items as unknown as StoredAssignment[], nextKey: answer.nextKey };
}

/** How many customers an account manager has now. */
export async function countAssignments(partnerId: string, memberId: string): Promise<number> {
  let count = 0;
  for await (const _assignment of queryAll({
    table: 'customers',
    ...managerIndex,
    pk: `${partnerId}#${memberId}`,
    filter: { expression: STILL_ASSIGNED, values: { ':now': currentCall().now } },
    attributes: ['customerId'],
  }))
    count += 1;
  return count;
}

/** CUS-042: the end is decided by its time, not by whether the job has come by. */
const STILL_ASSIGNED = 'attribute_not_exists(endsAt) OR endsAt > :now';

/** Assignments of a shard whose end has come, earliest first. */
export async function listEnded(shard: number, now: Instant, limit: number): Promise<StoredAssignment[]> {
  const page = await queryPage({
    table: 'customers',
    ...dueIndex,
    pk: dueKey(shard),
    sk: { between: ['0', `${now}~`] },
    limit,
  });
  return page.items as unknown as StoredAssignment[];
}

const dueKey = (shard: number): string => `ASSIGNMENT#${shard}`;
const shardOf = (customerId: string): number => (customerId.codePointAt(customerId.length - 1) ?? 0) % ENDING_SHARDS;
