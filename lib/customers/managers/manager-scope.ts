import { organizationErrors } from '#lib/organization/index.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { isInTeam } from './eligible.ts';

/**
 * The member named in the path whose customers are looked at: of the caller's partner and, for a director, of its team (CUS-007). Also
 * one that may manage no more, since customers may still be assigned to it until the month ends (CUS-190).
 */
export const accountManagerScope: Scope<MemberIdentity> = {
  name: 'account-manager',
  parameter: 'memberId',
  notFound: organizationErrors.MEMBER_NOT_FOUND,
  load: async (actor, memberId) => {
    const manager = await loadMember(memberId);
    return manager && actor.kind === 'member' && isInTeam(actor, manager) ? manager : undefined;
  },
};
