import { type CustomerFigures, type GroupFigures, startBreakdown } from './breakdown.ts';
import { type BreakdownOf, keepCustomers, keepHeader, keepProduct, listSlices } from './breakdown-store.ts';
import { type Header, largestOf, sourcesOf } from './header.ts';
import { toTree } from './tree.ts';

const CUSTOMERS_A_PAGE = 100;
const ITEMS_AT_ONCE = 25;

/**
 * Puts the slices of a breakdown together: products in the order of their amounts, customers by id, and the header last. What is in
 * memory is the partner's catalogue and a page of customers. Repeated, it finds everything there and changes nothing.
 */
export async function assemble(of: BreakdownOf): Promise<Header> {
  const products = startBreakdown();
  let open = startBreakdown();
  let customers = 0;
  let largest: readonly CustomerFigures[] = [];
  const flush = async (): Promise<void> => {
    const page = open.result().customers.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    open = startBreakdown();
    if (page.length === 0) return;
    await keepCustomers(of, page);
    customers += page.length;
    largest = largestOf([...largest, ...page]);
  };
  for await (const slice of listSlices(of)) {
    products.join({ groups: slice.groups });
    // A customer's slices lie side by side, so one that comes with a new first customer leaves nothing open.
    const known = open.result().customers;
    if (known.length >= CUSTOMERS_A_PAGE && startsBehind(slice.customers, known)) await flush();
    open.join({ customers: slice.customers });
  }
  await flush();
  const { groups } = products.result();
  const count = await keepProducts(of, groups);
  const header = { products: count, customers, largest, ...sourcesOf(groups) };
  await keepHeader(of, header);
  return header;
}

const startsBehind = (customers: readonly CustomerFigures[], known: readonly CustomerFigures[]): boolean =>
  customers.length > 0 && !known.some(({ customerId }) => customerId === customers[0]?.customerId);

async function keepProducts(of: BreakdownOf, groups: readonly GroupFigures[]): Promise<number> {
  const together = Map.groupBy(groups, ({ group }) => productKey(group));
  const ranked = toTree(groups).map((product, i) => ({
    rank: `${product.source}#${String(i).padStart(6, '0')}`,
    groups: together.get(productKey(product)) ?? [],
  }));
  for (let start = 0; start < ranked.length; start += ITEMS_AT_ONCE) {
    const next = ranked.slice(start, start + ITEMS_AT_ONCE);
    await Promise.all(next.map((product) => keepProduct(of, product.rank, product.groups)));
  }
  return ranked.length;
}

type Product = Pick<
  GroupFigures['group'],
  'source' | 'productType' | 'productTypeCode' | 'productName' | 'serviceProvider'
>;

const productKey = ({ source, productType, productTypeCode, productName, serviceProvider }: Product): string =>
  JSON.stringify([source, productType, productTypeCode, productName, serviceProvider]);
