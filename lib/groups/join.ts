import type { Actor } from '#lib/shared/actor.ts';
import { type ErrorDefinition, Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Trace } from '#lib/shared/trace.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { type FoundAccount, findAccount } from './account.ts';
import { requireGroup } from './change-group.ts';
import { groupErrors } from './errors.ts';
import { ACCOUNTS_PER_GROUP, type Group, type GroupKind, PLATFORM } from './group.ts';
import { countJoining, countLeaving } from './group-store.ts';
import { membershipEvent, tracePartner } from './happened.ts';
import { loadMembership, putMembership, removeMembership, replaceMembership } from './member-store.ts';
import { isLeftBehind, joinGroup, type Membership, requireFitting, requireMovable } from './membership.ts';

/**
 * CUS-225: puts an ungrouped account into a group.
 * @throws Refusal CUSTOMER_NOT_FOUND or PARTNER_NOT_FOUND, GROUP_KIND_MISMATCH, GROUP_PARENT_MISMATCH, ALREADY_GROUPED, GROUP_FULL,
 *   GROUP_NOT_FOUND
 */
export const assignToGroup = (actor: Actor, accountId: string, groupId: string, now: Instant): Promise<Membership> =>
  redecide(async () => {
    const { account, group, present } = await facts(actor, accountId, groupId);
    requireFitting(account, group);
    const stale = present && isLeftBehind(present, account) ? present : undefined;
    if (present && !stale) throw new Refusal(groupErrors.ALREADY_GROUPED);
    requireRoom(group);
    const after = joinGroup(account, group, now);
    await commit({ account, from: stale, to: after }, now);
    return after;
  });

/**
 * CUS-227: takes an account out of its group into another of the same parent, in one step.
 * @throws Refusal as above, without ALREADY_GROUPED; NOT_GROUPED, SAME_GROUP
 */
export const moveToGroup = (actor: Actor, accountId: string, groupId: string, now: Instant): Promise<Membership> =>
  redecide(async () => {
    const { account, group, present } = await facts(actor, accountId, groupId);
    requireFitting(account, group);
    const from = requireMovable(present && isLeftBehind(present, account) ? undefined : present, group);
    requireRoom(group);
    const after = joinGroup(account, group, now);
    await commit({ account, from, to: after }, now);
    return after;
  });

/**
 * CUS-228: the account stands directly under its parent again.
 * @throws Refusal CUSTOMER_NOT_FOUND or PARTNER_NOT_FOUND, GROUP_PARENT_MISMATCH, NOT_GROUPED
 */
export const ungroupAccount = (actor: Actor, accountId: string, now: Instant): Promise<Membership> =>
  redecide(async () => {
    const account = await findAccount(actor, accountId);
    if (!account) throw new Refusal(unknownAccount(actor.kind === 'operator' ? 'partner' : 'customer'));
    if (account.parentId !== parentOf(actor)) throw new Refusal(groupErrors.GROUP_PARENT_MISMATCH);
    const present = await loadMembership(accountId);
    if (!present || isLeftBehind(present, account)) throw new Refusal(groupErrors.NOT_GROUPED);
    await commit({ account, from: present }, now);
    return { ...present, leftAt: now };
  });

/** Whose groups the caller changes (CUS-011 to CUS-013). */
const parentOf = (actor: Actor): string | undefined =>
  actor.kind === 'operator' ? PLATFORM : actor.kind === 'member' ? actor.partnerId : undefined;

async function facts(actor: Actor, accountId: string, groupId: string) {
  const [account, group, present] = await Promise.all([
    findAccount(actor, accountId),
    requireGroup(groupId),
    loadMembership(accountId),
  ]);
  if (!account) throw new Refusal(unknownAccount(group.kind));
  return { account, group, present };
}

/** What a stranger's account answers, like one that does not exist (CUS-055). */
const unknownAccount = (kind: GroupKind): ErrorDefinition =>
  kind === 'customer' ? sharedErrors.CUSTOMER_NOT_FOUND : sharedErrors.PARTNER_NOT_FOUND;

/** CUS-224; decided again by the write itself. */
function requireRoom({ members }: Group): void {
  if (members >= ACCOUNTS_PER_GROUP) throw new Refusal(groupErrors.GROUP_FULL);
}

type Move = {
  readonly account: FoundAccount;
  readonly from?: Membership;
  readonly to?: Membership;
};

/** Fails when account, membership or group changed meanwhile, or the group is full by now (ConditionFailed). */
async function commit({ account, from, to }: Move, now: Instant): Promise<void> {
  await transact({
    writes: [...movements(from, to, now), ...account.unchanged],
    events: [membershipEvent(from, to, now)],
    trace: traceOf(account, from, to),
  });
}

export function movements(from: Membership | undefined, to: Membership | undefined, leftAt: Instant): Write[] {
  if (from && to) return [...replaceMembership(from, to), countLeaving(from.groupId), countJoining(to.groupId)];
  if (from) return [...removeMembership(from, leftAt), countLeaving(from.groupId)];
  return to ? [...putMembership(to), countJoining(to.groupId)] : [];
}

const traceOf = ({ accountId, kind }: FoundAccount, from?: Membership, to?: Membership): Trace => ({
  ...tracePartner((to ?? from)?.parentId ?? ''),
  customerId: kind === 'customer' ? accountId : undefined,
  before: { accountId, groupId: from?.groupId ?? null },
  after: { accountId, groupId: to?.groupId ?? null },
});
