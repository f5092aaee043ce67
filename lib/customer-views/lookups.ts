import type { Customer } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import type { Between } from './query-filter.ts';

/** What a list of customers asks about again and again: few managers and resellers stand before many customers. */
export interface Lookups {
  readonly member: typeof loadMember;
  readonly reseller: (resellerId: string) => Promise<Pick<Between, 'resellerName' | 'resellerAuthorized'>>;
}

/** Each is read once for a request or a step of a job. */
export const newLookups = (): Lookups => ({
  member: remembered(loadMember),
  reseller: remembered(async (resellerId) => {
    const [partner, standing] = await Promise.all([loadPartner(resellerId), loadStanding(resellerId)]);
    return {
      resellerName: partner?.companyName,
      resellerAuthorized: standing?.grants.includes('budget-and-freeze') === true,
    };
  }),
});

/** @param partnerId whose account manager is asked for: each partner keeps its own (CUS-189) */
export async function between(customer: Customer, partnerId: string, lookups: Lookups): Promise<Between> {
  const { accountManagers = {}, resellerId } = customer.association ?? {};
  const managerId = accountManagers[partnerId];
  const [manager, reseller] = await Promise.all([
    managerId === undefined ? undefined : lookups.member(managerId),
    resellerId === undefined ? undefined : lookups.reseller(resellerId),
  ]);
  return { accountManagerName: manager?.name, ...reseller };
}

function remembered<T>(load: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (id) => {
    const known = answers.get(id) ?? load(id);
    answers.set(id, known);
    return known;
  };
}
