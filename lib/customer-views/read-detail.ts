import { activeAssociation, type Customer, toCustomerView } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { CustomerDetail } from './detail-view.ts';

/**
 * A customer with its blocks (CUS-050); the customer itself gets what concerns its account alone. What reads the blocks, budgets and
 * expenditures, is loaded when somebody asks for them, not with every start of the function.
 */
export async function readDetail(
  actor: Actor,
  customer: Customer,
  wish: { readonly blocks: 'all' | 'header' },
  now: Instant,
): Promise<CustomerDetail> {
  const association = activeAssociation(customer);
  const partnerId = actor.kind === 'member' ? actor.partnerId : undefined;
  const header = { ...toCustomerView(customer, partnerId), accountManagerName: null, resellerName: null };
  if (actor.kind === 'customer' || wish.blocks === 'header' || !association) return header;
  const { readBlocks } = await import('./read-blocks.ts');
  return { ...header, ...(await readBlocks(actor, customer, association, now)) };
}
