import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Customer } from './customer.ts';
import { isVisible } from './customer-scope.ts';
import { loadCustomers } from './customer-store.ts';
import { controlErrors } from './errors.ts';

/** What a batch did with one of its customers. */
export type Outcome<T> =
  | { readonly customerId: string; readonly done: T }
  | { readonly customerId: string; readonly refused: Refusal };

/** Duplicates count once (CUS-080). @throws Refusal BATCH_SIZE */
export function distinctCustomers(customerIds: readonly string[], atMost: number): string[] {
  const distinct = [...new Set(customerIds)];
  if (distinct.length < 1 || distinct.length > atMost) throw new Refusal(controlErrors.BATCH_SIZE, { atMost });
  return distinct;
}

/**
 * Works off the customers of a batch one after the other, each succeeding or failing alone (CUS-080, CUS-149). One that the member may
 * not see fails like a missing one (CUS-055). One at a time, because the first commit of a request carries its idempotency mark.
 */
export async function eachCustomer<T>(
  customerIds: readonly string[],
  member: Member,
  work: (customer: Customer) => Promise<T>,
): Promise<Outcome<T>[]> {
  const customers = new Map((await loadCustomers(customerIds)).map((customer) => [customer.customerId, customer]));
  const outcomes: Outcome<T>[] = [];
  for (const customerId of customerIds) {
    outcomes.push(
      await attempt(customerId, async () => {
        const customer = customers.get(customerId);
        if (!customer || !(await isVisible(member, customer))) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
        return work(customer);
      }),
    );
  }
  return outcomes;
}

async function attempt<T>(customerId: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { customerId, done: await work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The request as a whole succeeds, so the refusal of this customer is traced here (CUS-020).
    await transact({
      writes: [],
      trace: { customerId, outcome: 'refused', code: error.definition.code },
      aside: true,
    });
    return { customerId, refused: error };
  }
}
