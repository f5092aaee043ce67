import { type Customer, listEntries, loadCustomer } from '#lib/customers/index.ts';
import { isServed } from './served.ts';
import type { Beneficiaries } from './usable.ts';

export interface CustomerSearch {
  readonly customerId?: string;
  /** Part of an account name, or a whole customer name, in any case. */
  readonly customer?: string;
}

/** How many customers one search looks at; who has more names the customer by its id. */
const MOST_CUSTOMERS = 20_000;
const STRETCH = 1_000;

/** The partner's customers that a search names; nobody when it names a stranger. `undefined` when nothing is searched for. */
export async function findBeneficiaries(
  partnerId: string,
  { customerId, customer }: CustomerSearch,
): Promise<Beneficiaries | undefined> {
  if (customerId === undefined && customer === undefined) return undefined;
  const found = customerId === undefined ? await findByName(partnerId, customer ?? '') : await loadOne(customerId);
  const served = found
    .filter((each) => isServed(each, partnerId, undefined))
    .filter((each) => customer === undefined || isCalled(each, customer));
  return {
    customerIds: new Set(served.map((each) => each.customerId)),
    resellerIds: new Set(served.flatMap(({ association }) => association?.resellerId ?? [])),
  };
}

async function loadOne(customerId: string): Promise<Customer[]> {
  const customer = await loadCustomer(customerId);
  return customer ? [customer] : [];
}

async function findByName(partnerId: string, name: string): Promise<Customer[]> {
  const found: Customer[] = [];
  let examined = 0;
  for (const kind of ['own', 'resellers'] as const) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await listEntries({ kind, partnerId }, { limit: STRETCH, startKey, newestFirst: true });
      found.push(...page.entries.map(({ customer }) => customer).filter((customer) => isCalled(customer, name)));
      examined += page.entries.length;
      startKey = page.next;
    } while (startKey && examined < MOST_CUSTOMERS);
  }
  return found;
}

function isCalled({ accountName, customerName }: Customer, name: string): boolean {
  const wanted = name.toLowerCase();
  return accountName.toLowerCase().includes(wanted) || customerName?.toLowerCase() === wanted;
}
