import type { Actor } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { loadResellerOf } from './applicant-store.ts';
import { resellerErrors } from './errors.ts';
import type { Application, ResellerInvitation } from './invitation.ts';
import { loadResellerInvitation } from './invitation-store.ts';

/**
 * The invitation named in the path, to the account that accepted it; once that became a reseller, to the reseller's members, as the
 * account's sign-in is one of them.
 */
export const applicationScope: Scope<ResellerInvitation> = {
  name: 'reseller-application',
  parameter: 'invitationId',
  notFound: resellerErrors.RESELLER_INVITATION_NOT_FOUND,
  load: async (actor, invitationId) => {
    const invitation = await loadResellerInvitation(invitationId);
    const application = invitation?.application;
    return application && (await isApplicant(actor, application)) ? invitation : undefined;
  },
};

async function isApplicant(actor: Actor, { subject, accountId }: Application): Promise<boolean> {
  if (actor.kind === 'account') return actor.subject === subject;
  if (actor.kind !== 'member') return false;
  return (await loadResellerOf(accountId))?.partnerId === actor.partnerId;
}
