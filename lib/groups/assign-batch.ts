import { distinctCustomers } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Group } from './group.ts';
import { tracePartner } from './happened.ts';
import { assignToGroup } from './join.ts';
import type { Membership } from './membership.ts';

/** As many as a batch of any other kind takes (CUS-079, CUS-183). */
const ACCOUNTS_PER_REQUEST = 100;

export type AssignOutcome =
  | { readonly accountId: string; readonly done: Membership }
  | { readonly accountId: string; readonly refused: Refusal };

/**
 * CUS-225: each account succeeds or fails alone. One at a time, because the first commit of a request carries its idempotency mark.
 * @throws Refusal BATCH_SIZE
 */
export async function assignAccounts(
  actor: Actor,
  group: Group,
  accountIds: readonly string[],
  now: Instant,
): Promise<AssignOutcome[]> {
  const outcomes: AssignOutcome[] = [];
  for (const accountId of distinctCustomers(accountIds, ACCOUNTS_PER_REQUEST))
    outcomes.push(await assign(actor, group, accountId, now));
  return outcomes;
}

async function assign(actor: Actor, group: Group, accountId: string, now: Instant): Promise<AssignOutcome> {
  try {
    return { accountId, done: await assignToGroup(actor, accountId, group.groupId, now) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const customerId = group.kind === 'customer' ? accountId : undefined;
    // The request as a whole succeeds, so the refusal of this account is traced here (CUS-020).
    await transact({
      writes: [],
      trace: { ...tracePartner(group.parentId), customerId, outcome: 'refused', code: error.definition.code },
      aside: true,
    });
    return { accountId, refused: error };
  }
}
