import type { Actor, Member } from '#lib/shared/actor.ts';
import { loadMember } from '#lib/shared/identities.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { leadErrors } from './errors.ts';
import type { Lead } from './lead.ts';
import { loadLead } from './lead-store.ts';

/** The lead named in the path: operators see all, a member those of its partner inside its data scope (DEV-01, ORG-13 to ORG-18). */
export const leadScope: Scope<Lead> = {
  name: 'lead',
  parameter: 'leadId',
  notFound: leadErrors.LEAD_NOT_FOUND,
  load: async (actor, leadId, options) => {
    const lead = await loadLead(leadId, options);
    return lead && (await leadVisibility(actor)(lead)) ? lead : undefined;
  },
};

/** Who of a list may be seen; a manager is looked up once. */
export function leadVisibility(actor: Actor): (lead: Lead) => Promise<boolean> {
  if (actor.kind === 'operator') return async () => true;
  if (actor.kind !== 'member') return async () => false;
  const inScope = dataScope(actor);
  return async (lead) => lead.partnerId === actor.partnerId && (await inScope(lead));
}

/** `own`: the member's own leads; `team`: its own and those of the managers it supervises (DEV-01). */
function dataScope({ id, dataScope: scope }: Member): (lead: Lead) => Promise<boolean> {
  const directors = new Map<string, Promise<string | undefined>>();
  const directorOf = (managerId: string): Promise<string | undefined> => {
    const known = directors.get(managerId) ?? loadMember(managerId).then((manager) => manager?.directorId);
    directors.set(managerId, known);
    return known;
  };
  return async ({ accountManagerId }) => {
    if (scope === 'all' || accountManagerId === id) return true;
    return scope === 'team' && accountManagerId !== undefined && (await directorOf(accountManagerId)) === id;
  };
}
