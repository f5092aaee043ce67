import { type Customer, managingPartner } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Check, checksOf } from './blocking-checks.ts';
import { changeErrors } from './errors.ts';
import { loadBlockingFacts } from './load-facts.ts';
import { loadPair } from './pair-store.ts';
import { type Party, requireAssociation } from './party.ts';

/**
 * Every blocking check of the party, passed or not; nothing is written and nothing begins to count (ORD-13).
 * @throws Refusal NOT_ASSOCIATED, RESELLERS_CUSTOMER, WRONG_ASSOCIATION_TYPE and those of the account registry
 */
export async function checkDisassociation(customer: Customer, party: Party, now: Instant): Promise<Check[]> {
  const association = requireAssociation(customer, party);
  requireMayAsk(association, party);
  const pair = await loadPair({ partnerId: managingPartner(association), customerId: customer.customerId });
  return checksOf(party.side, await loadBlockingFacts(customer, pair), now);
}

/** ORD-34: a referral customer asks an operator. @throws Refusal WRONG_ASSOCIATION_TYPE */
export function requireMayAsk(association: { readonly type: string }, { side }: Party): void {
  if (side === 'customer' && association.type !== 'reseller') throw new Refusal(changeErrors.WRONG_ASSOCIATION_TYPE);
}
