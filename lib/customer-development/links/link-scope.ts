import type { Scope } from '#lib/shared/operation.ts';
import { isInDataScope } from '../invitations/data-scope.ts';
import { linkErrors } from './errors.ts';
import type { InvitationLink } from './link.ts';
import { loadLink } from './load-link.ts';

/** The link named in the path, if the member may hand it out: its own, of its team, or any of the partner, as its data scope says. */
export const linkScope: Scope<InvitationLink> = {
  name: 'invitation-link',
  parameter: 'linkId',
  notFound: linkErrors.INVITATION_LINK_NOT_FOUND,
  load: async (actor, linkId) => {
    const link = actor.kind === 'member' ? (await loadLink(linkId))?.link : undefined;
    if (!link || actor.kind !== 'member') return undefined;
    return (await isInDataScope(actor, { ...link, by: link.ownerMemberId })) ? link : undefined;
  },
};
