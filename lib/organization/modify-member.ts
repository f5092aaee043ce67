import { memberModified } from '#events/organization.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type MemberIdentity, replaceMember } from '#lib/shared/identities.ts';
import { event } from '#lib/shared/outbox.ts';
import type { SystemRole } from '#lib/shared/permissions.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { checkDirector } from './create-member.ts';
import { organizationErrors } from './errors.ts';
import { checkGrant, checkRoles } from './member.ts';

export interface MemberChange {
  readonly roles?: readonly SystemRole[];
  readonly status?: 'normal' | 'locked';
  readonly directorId?: string | null;
  readonly expectedVersion: number;
}

/**
 * Changes roles, status or director of a member; in force with the member's next request (ORG-10). The owner account is no member
 * record (ORG-08).
 * @throws Refusal MEMBER_NOT_FOUND, VERSION_CONFLICT, ROLE_COUNT, ROLE_CONFLICT, PERMISSION_DENIED, DIRECTOR_INVALID
 */
export async function modifyMember(
  actor: Actor,
  before: MemberIdentity,
  change: MemberChange,
  now: Instant,
): Promise<MemberIdentity> {
  if (before.owner) throw new Refusal(organizationErrors.MEMBER_NOT_FOUND);
  if (before.version !== change.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const roles = change.roles ? [...new Set(change.roles)] : before.roles;
  checkRoles(roles);
  checkGrant(actor, [...before.roles, ...roles]);
  const directorId = directorAfter(before, change, roles);
  await checkDirector(before.partnerId, roles, directorId);
  const after: MemberIdentity = {
    ...before,
    roles,
    status: change.status ?? before.status,
    directorId,
    version: before.version + 1,
  };
  await transact({
    writes: [replaceMember(before, after)],
    events: [event(memberModified, { ...after, roles: [...roles] }, now)],
    trace: { partnerId: before.partnerId, before: summary(before), after: summary(after) },
  });
  return after;
}

/** Only an account manager reports to a director; losing the role ends it. */
function directorAfter(before: MemberIdentity, change: MemberChange, roles: readonly SystemRole[]): string | undefined {
  if (change.directorId !== undefined) return change.directorId ?? undefined;
  return roles.includes('account-manager') ? before.directorId : undefined;
}

const summary = ({ memberId, roles, status, directorId }: MemberIdentity) => ({ memberId, roles, status, directorId });
