import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { groupErrors } from './errors.ts';
import { type Group, type GroupKind, type GroupWish, newGroup, PLATFORM } from './group.ts';
import { isAdmin } from './group-scope.ts';
import { putNewGroup } from './group-store.ts';
import { groupEvent, tracedGroup, tracePartner } from './happened.ts';

/**
 * CUS-218, CUS-219. With a subject the group's account gets a sign-in, locked until the group is activated.
 * @throws Refusal PERMISSION_DENIED, PARTNER_NOT_ENABLED, GROUP_LIMIT, GROUP_NAME_TAKEN, GROUP_SUBJECT_TAKEN
 */
export async function createGroup(actor: Actor, wish: GroupWish, now: Instant): Promise<Group> {
  const group = newGroup(newId('grp', now), await parentFor(actor, wish.kind), wish, now);
  const { groupId, parentId, subject } = group;
  const identity = subject && ({ kind: 'group', subject, groupId, status: 'locked' } as const);
  await transact({
    writes: [...putNewGroup(group), ...(identity ? [putIdentity(identity, groupErrors.GROUP_SUBJECT_TAKEN)] : [])],
    events: [groupEvent(group, 'created', now)],
    trace: { ...tracePartner(parentId), after: tracedGroup(group) },
  });
  return group;
}

/** CUS-011, CUS-012. */
async function parentFor(actor: Actor, kind: GroupKind): Promise<string> {
  if (actor.kind === 'operator' && kind === 'partner') return PLATFORM;
  if (actor.kind !== 'member') throw new Refusal(sharedErrors.PERMISSION_DENIED);
  if (kind === 'customer') return actor.partnerId;
  if (!isAdmin(actor)) throw new Refusal(sharedErrors.PERMISSION_DENIED);
  const { type } = await requireStanding(actor.partnerId);
  if (type !== 'distributor') throw new Refusal(sharedErrors.PARTNER_NOT_ENABLED);
  return actor.partnerId;
}
