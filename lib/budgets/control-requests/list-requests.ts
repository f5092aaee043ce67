import { isVisible, loadCustomers } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import type { ControlRequest, ControlRequestStatus } from './control-request.ts';
import { listRequests } from './request-store.ts';

interface Wish {
  readonly status?: ControlRequestStatus;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** Of customers that the member may see; whose scope is all sees those of customers that have left, too (ORG-13 to ORG-18). */
export async function listControlRequests(
  member: Member,
  type: PartnerType,
  { status, ...page }: Wish,
): Promise<{ requests: ControlRequest[]; nextKey?: Record<string, unknown> }> {
  const { partnerId } = member;
  const of = type === 'reseller' ? { resellerId: partnerId } : { distributorId: partnerId };
  const { requests, nextKey } = await listRequests(of, status, page);
  if (member.dataScope === 'all') return { requests, nextKey };
  const customers = await loadCustomers([...new Set(requests.map(({ customerId }) => customerId))]);
  const visible = await Promise.all(customers.map((customer) => isVisible(member, customer)));
  const seen = new Set(customers.filter((_, i) => visible[i]).map(({ customerId }) => customerId));
  return { requests: requests.filter(({ customerId }) => seen.has(customerId)), nextKey };
}
