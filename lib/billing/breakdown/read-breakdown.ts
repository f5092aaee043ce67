import { loadCustomers } from '#lib/customers/index.ts';
import { billIdOf } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import { loadEstimate } from '../estimate-store.ts';
import type { NamedBill } from '../whose.ts';
import type { CustomerFigures } from './breakdown.ts';
import { type BreakdownOf, listCustomers, listProducts, loadHeader } from './breakdown-store.ts';
import { type Header, sourcesOf } from './header.ts';
import { inRegion, type ProductNode, toTree } from './tree.ts';

interface Read {
  readonly header: Header;
  /** Of a cycle that is not issued yet: as of the last refresh, without tax and coupons (FIN-65). */
  readonly estimated: boolean;
}

export interface ProductsRead extends Read {
  readonly products: readonly ProductNode[];
  readonly nextKey?: Record<string, unknown>;
}

export interface CustomersRead extends Read {
  readonly customers: readonly CustomerFigures[];
  readonly after?: string;
}

/** Sorts behind an id and before every longer one: no id has control characters. */
const BEHIND = '\u0001';
const NOTHING: Header = { products: 0, customers: 0, largest: [], ...sourcesOf([]) };

/** FIN-145 to FIN-149: a page of products of the platform or of the marketplace, the largest settlement first. */
export async function readProducts(
  bill: NamedBill,
  { source, region }: { readonly source: 'platform' | 'marketplace'; readonly region?: string },
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<ProductsRead> {
  const { of, ...read } = await find(bill);
  if (!of) return { ...read, products: [] };
  const { products, nextKey } = await listProducts(of, source, page);
  return { ...read, products: toTree(inRegion(products.flat(), region)), nextKey };
}

/** FIN-150: a page of customers by id, or one alone. */
export async function readCustomers(
  bill: NamedBill,
  customerId: string | undefined,
  page: { readonly limit: number; readonly after: string },
): Promise<CustomersRead> {
  const { of, ...read } = await find(bill);
  if (!of) return { ...read, customers: [] };
  if (customerId !== undefined) return { ...read, customers: await withNames(await oneCustomer(of, customerId)) };
  const found = await listCustomers(of, `${page.after}${BEHIND}`, page.limit + 1);
  const customers = await withNames(found.slice(0, page.limit));
  return { ...read, customers, after: found.length > page.limit ? customers.at(-1)?.customerId : undefined };
}

/** The issued bill's breakdown, else that of the latest estimate, else nothing (FIN-16). */
async function find({ partnerId, cycle, revision }: NamedBill): Promise<Read & { readonly of?: BreakdownOf }> {
  const bill = await loadBill(partnerId, cycle, revision);
  const billId = bill?.billId ?? billIdOf(partnerId, cycle);
  const version: BreakdownOf['version'] | undefined = bill
    ? 'issued'
    : (await loadEstimate({ partnerId, cycle }))?.asOf;
  const estimated = bill === undefined;
  if (version === undefined) return { header: NOTHING, estimated };
  const of = { billId, version };
  return { of, header: (await loadHeader(of)) ?? NOTHING, estimated };
}

async function oneCustomer(of: BreakdownOf, customerId: string): Promise<CustomerFigures[]> {
  const found = await listCustomers(of, customerId, 1);
  return found.filter((customer) => customer.customerId === customerId);
}

/** An estimate keeps no names: its customers are called what they are called now. */
async function withNames(customers: readonly CustomerFigures[]): Promise<CustomerFigures[]> {
  const nameless = customers.filter(({ accountName }) => accountName === undefined);
  if (nameless.length === 0) return [...customers];
  const known = await loadCustomers(nameless.map(({ customerId }) => customerId));
  const byId = new Map(known.map((customer) => [customer.customerId, customer]));
  return customers.map((customer) => {
    const { accountName, customerName } = byId.get(customer.customerId) ?? {};
    return { accountName, customerName, ...withoutUndefined(customer) };
  });
}

const withoutUndefined = ({ customerId, figures, accountName, customerName }: CustomerFigures): CustomerFigures =>
  accountName === undefined ? { customerId, figures } : { customerId, figures, accountName, customerName };
