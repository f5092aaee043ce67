import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { organizationErrors } from './errors.ts';

/** The member named in the path: of the caller's own partner, any to operators. */
export const memberScope: Scope<MemberIdentity> = {
  name: 'member',
  parameter: 'memberId',
  notFound: organizationErrors.MEMBER_NOT_FOUND,
  load: async (actor, memberId) => {
    const member = await loadMember(memberId);
    const visible = actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === member?.partnerId);
    return visible ? member : undefined;
  },
};
