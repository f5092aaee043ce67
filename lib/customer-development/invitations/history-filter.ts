import type { Instant } from '#lib/shared/time.ts';
import {
  INVITATION_METHODS,
  INVITATION_STATUSES,
  type Invitation,
  type InvitationMethod,
  type InvitationStatus,
  invitationAt,
  searchable,
} from './invitation.ts';

/** The six search fields of the history; texts match any part in any case (DEV-191, DEV-215). */
export interface HistoryFilter {
  readonly customerName?: string;
  readonly accountName?: string;
  readonly customTag?: string;
  readonly email?: string;
  readonly method?: InvitationMethod;
  readonly status?: InvitationStatus;
}

/** The same six, by which the history can be sorted, and the time at which a row came into being. */
export const HISTORY_SORTS = [
  'createdAt',
  'customerName',
  'accountName',
  'customTag',
  'email',
  'method',
  'status',
] as const;
export type HistorySort = (typeof HISTORY_SORTS)[number];

/** Does the row, as it is at `now`, have everything that is looked for? */
export function matches(row: Invitation, wanted: HistoryFilter, now: Instant): boolean {
  return (
    contains(row.customerName, wanted.customerName) &&
    contains(row.accountName, wanted.accountName) &&
    contains(row.customTag, wanted.customTag) &&
    contains(row.email, wanted.email) &&
    (wanted.method === undefined || row.method === wanted.method) &&
    (wanted.status === undefined || invitationAt(row, now).status === wanted.status)
  );
}

const contains = (value: string | undefined, part: string | undefined): boolean =>
  part === undefined || searchable(value).includes(searchable(part));

/**
 * A sort by a field of few values is a walk through its values, each in the order of time: no index has to follow a status, which
 * changes by the mere passing of time (DEV-07).
 */
export function phasesOf(sort: HistorySort, descending: boolean, wanted: HistoryFilter): readonly HistoryFilter[] {
  const phases = valuesOf(sort, wanted);
  return descending ? phases.toReversed() : phases;
}

function valuesOf(sort: HistorySort, wanted: HistoryFilter): HistoryFilter[] {
  if (sort === 'method')
    return [...INVITATION_METHODS]
      .sort()
      .filter(isOr(wanted.method))
      .map((method) => ({ ...wanted, method }));
  if (sort === 'status')
    return [...INVITATION_STATUSES]
      .sort()
      .filter(isOr(wanted.status))
      .map((status) => ({ ...wanted, status }));
  return [wanted];
}

const isOr =
  <T>(wanted: T | undefined) =>
  (value: T): boolean =>
    wanted === undefined || value === wanted;
