import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { loadMember, type MemberIdentity, putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import type { SystemRole } from '#lib/shared/permissions.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { organizationErrors } from './errors.ts';
import { checkGrant, checkRoles } from './member.ts';

export interface MemberWish {
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly mobileNumber?: string;
  readonly roles: readonly SystemRole[];
  readonly directorId?: string;
}

/**
 * Creates a member of a partner; username and e-mail are unique per partner, held by claims in the same transaction.
 * @throws Refusal ROLE_COUNT, ROLE_CONFLICT, PERMISSION_DENIED, DIRECTOR_INVALID, USERNAME_TAKEN, MEMBER_EMAIL_TAKEN, MEMBER_SUBJECT_TAKEN
 */
export async function createMember(
  actor: Actor,
  partnerId: string,
  wish: MemberWish,
  now: Instant,
): Promise<MemberIdentity> {
  const roles = [...new Set(wish.roles)];
  checkRoles(roles);
  checkGrant(actor, roles);
  await checkDirector(partnerId, roles, wish.directorId);
  const member: MemberIdentity = {
    kind: 'member',
    ...wish,
    roles,
    memberId: newId('mem', now),
    partnerId,
    owner: false,
    status: 'normal',
    createdAt: now,
    version: 1,
  };
  await transact({
    writes: [
      putIdentity(member, organizationErrors.MEMBER_SUBJECT_TAKEN),
      claim(partnerId, `USERNAME#${wish.username.toLowerCase()}`, member.memberId, organizationErrors.USERNAME_TAKEN),
      claim(partnerId, `EMAIL#${wish.email.toLowerCase()}`, member.memberId, organizationErrors.MEMBER_EMAIL_TAKEN),
    ],
    trace: { partnerId, after: { memberId: member.memberId, roles } },
  });
  return member;
}

export async function checkDirector(
  partnerId: string,
  roles: readonly SystemRole[],
  directorId: string | undefined,
): Promise<void> {
  if (directorId === undefined) return;
  const director = await loadMember(directorId);
  const fits =
    director?.partnerId === partnerId &&
    director.roles.includes('account-director') &&
    roles.includes('account-manager');
  if (!fits) throw new Refusal(organizationErrors.DIRECTOR_INVALID);
}

const claim = (
  partnerId: string,
  sk: string,
  memberId: string,
  onConflict: (typeof organizationErrors)['USERNAME_TAKEN'],
): Write => ({
  table: 'identities',
  put: { pk: `PARTNER#${partnerId}`, sk, memberId },
  condition: 'attribute_not_exists(pk)',
  onConflict,
});
