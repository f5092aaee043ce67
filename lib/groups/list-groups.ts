import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { groupsAfter } from './account-tree.ts';
import { type Group, type GroupKind, type GroupStatus, stateIn, type UsageState } from './group.ts';
import type { Parent } from './parent.ts';

export interface GroupFilter {
  readonly kind?: GroupKind;
  readonly status?: GroupStatus;
  /** CUS-236. */
  readonly state?: UsageState;
}

/** A page of a parent's groups in the order of their names; they are read whole, at most 200 (CUS-224). */
export async function listGroups(
  parent: Parent,
  filter: GroupFilter,
  { limit, after }: { readonly limit: number; readonly after?: string },
  now: Instant,
): Promise<{ groups: Group[]; next?: string }> {
  const month = billingMonthOf(now);
  const groups = (await groupsAfter(parent, filter.kind, after)).filter((group) => matches(group, filter, month));
  const page = groups.slice(0, limit);
  return { groups: page, next: groups.length > limit ? page.at(-1)?.name : undefined };
}

const matches = (group: Group, { status, state }: GroupFilter, month: BillingMonth): boolean =>
  (status === undefined || group.status === status) && (state === undefined || stateIn(group, month) === state);
