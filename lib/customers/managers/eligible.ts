import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import { customerErrors } from '../errors.ts';

/** CUS-184: may customers of this partner be assigned to this member now? */
export async function managesFor(memberId: string, partnerId: string): Promise<boolean> {
  const member = await loadMember(memberId);
  return member?.partnerId === partnerId && isEligible(member);
}

export const hasManagerRole = ({ roles }: Pick<MemberIdentity, 'roles'>): boolean =>
  roles.some((role) => role === 'account-manager' || role === 'account-director');

export const isEligible = (member: Pick<MemberIdentity, 'status' | 'roles'>): boolean =>
  member.status === 'normal' && hasManagerRole(member);

/** CUS-007: a director assigns for the account managers it supervises and for itself; whose scope is all, for everybody. */
export const isInTeam = (acting: Member, manager: MemberIdentity): boolean =>
  acting.partnerId === manager.partnerId &&
  (acting.dataScope === 'all' || manager.memberId === acting.id || manager.directorId === acting.id);

/** @throws Refusal NOT_AN_ACCOUNT_MANAGER, also for a member that the caller has nothing to do with */
export async function requireManager(acting: Member, memberId: string): Promise<MemberIdentity> {
  const manager = await loadMember(memberId);
  if (!manager || !isInTeam(acting, manager) || !isEligible(manager))
    throw new Refusal(customerErrors.NOT_AN_ACCOUNT_MANAGER);
  return manager;
}
