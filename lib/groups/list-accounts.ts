import * as z from 'zod';
import type { Actor } from '#lib/shared/actor.ts';
import type { Group } from './group.ts';
import { pageOfMembers } from './member-store.ts';
import { namesOf } from './visible-accounts.ts';

export const groupAccountView = z.object({
  accountId: z.string().meta({ description: "A customer's id, or a partner's" }),
  accountName: z.string(),
  joinedAt: z.string(),
});

/** A page of the accounts in a group; those that the caller may not see are left out, so it may be short (CUS-011, CUS-230). */
export async function listGroupAccounts(
  actor: Actor,
  { groupId, kind }: Group,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ accounts: z.input<typeof groupAccountView>[]; nextKey?: Record<string, unknown> }> {
  const { members, nextKey } = await pageOfMembers(groupId, page);
  const names = await namesOf(
    actor,
    kind,
    members.map(({ accountId }) => accountId),
  );
  const accounts = members.flatMap(({ accountId, joinedAt }) => {
    const accountName = names.get(accountId);
    return accountName === undefined ? [] : { accountId, accountName, joinedAt };
  });
  return { accounts, nextKey };
}
