import type { Member } from '#lib/shared/actor.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import type { ChurnAlert } from './alert.ts';
import { type SeenAlert, seenOf } from './alert-scope.ts';
import { type AlertList, listAlerts } from './alert-store.ts';

export interface AlertFilter {
  readonly status?: ChurnAlert['status'];
  /** Parts of a name, ignoring case (CUS-247). */
  readonly customerName?: string;
  readonly accountManagerName?: string;
}

export interface ListedAlert extends SeenAlert {
  readonly manager?: MemberIdentity;
}

interface Wish {
  /** A distributor's own or its resellers' customers, never mixed (CUS-217). */
  readonly scope: 'own' | 'resellers';
  readonly filter: AlertFilter;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** CUS-243: newest first; a page may be short while more follow. */
export async function listCustomerAlerts(
  member: Member,
  type: PartnerType,
  { scope, filter, ...page }: Wish,
): Promise<{ alerts: ListedAlert[]; nextKey?: Record<string, unknown> }> {
  const { partnerId } = member;
  const list: AlertList =
    type === 'reseller' ? { of: 'reseller', resellerId: partnerId } : { of: 'partner', partnerId, scope };
  const { alerts, nextKey } = await listAlerts(list, filter.status, page);
  const seen = await withManagers(await seenOf(member, alerts), partnerId);
  return { alerts: seen.filter((each) => matches(each, filter)), nextKey };
}

/** The caller's own partner's account manager of each customer (CUS-189). */
async function withManagers(seen: readonly SeenAlert[], partnerId: string): Promise<ListedAlert[]> {
  const managerIdOf = ({ customer }: SeenAlert) => customer.association?.accountManagers[partnerId];
  const ids = [...new Set(seen.map(managerIdOf).filter((id) => id !== undefined))];
  const managers = await Promise.all(ids.map(loadMember));
  const byId = new Map(ids.map((id, i) => [id, managers[i]]));
  return seen.map((each) => ({ ...each, manager: byId.get(managerIdOf(each) ?? '') }));
}

function matches({ customer, manager }: ListedAlert, { customerName, accountManagerName }: AlertFilter): boolean {
  const contains = (part: string | undefined, ...texts: readonly (string | undefined)[]): boolean =>
    part === undefined || texts.some((text) => text?.toLowerCase().includes(part.toLowerCase()));
  return (
    contains(customerName, customer.customerName, customer.accountName) && contains(accountManagerName, manager?.name)
  );
}
