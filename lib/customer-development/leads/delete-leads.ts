import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { cancelInvitationWrites, loadInvitationOfLead } from '../invitations/invitation-writes.ts';
import { leadErrors } from './errors.ts';
import { isDeletable, type Lead } from './lead.ts';
import { leadVisibility } from './lead-scope.ts';
import { loadLead, replaceLead } from './lead-store.ts';
import { traceOf } from './lead-trace.ts';
import { freePlace } from './place-store.ts';
import { releaseWrites } from './reservation.ts';

export interface DeletionOutcome {
  readonly leadId: string;
  readonly refused?: Refusal;
}

type IsVisible = (lead: Lead) => Promise<boolean>;

/**
 * Deletes leads, each by itself (DEV-52, DEV-56). One at a time, because the first commit of a request carries its idempotency mark.
 * A lead deleted before counts as deleted.
 */
export async function deleteLeads(leadIds: readonly string[], member: Member): Promise<DeletionOutcome[]> {
  const isVisible = leadVisibility(member);
  const outcomes: DeletionOutcome[] = [];
  for (const leadId of new Set(leadIds)) outcomes.push(await attempt(leadId, () => deleteLead(leadId, isVisible)));
  return outcomes;
}

/** DEV-53: the address is free at once and the open invitation ends. @throws Refusal LEAD_NOT_FOUND, PREREGISTRATION_NOT_DELETABLE */
const deleteLead = (leadId: string, isVisible: IsVisible): Promise<void> =>
  redecide(async () => {
    const lead = await loadLead(leadId, { consistent: true });
    if (!lead || !(await isVisible(lead))) throw new Refusal(leadErrors.LEAD_NOT_FOUND);
    if (lead.status === 'deleted') return;
    if (!isDeletable(lead)) throw new Refusal(leadErrors.PREREGISTRATION_NOT_DELETABLE);
    const after: Lead = { ...lead, status: 'deleted' };
    await transact({
      writes: [replaceLead(lead, after), ...(await freed(lead)), ...(await cancelled(leadId))],
      trace: { before: traceOf(lead), after: traceOf(after) },
    });
  });

/** What an expired or rejected lead held was given back then. */
const freed = async (lead: Lead): Promise<Write[]> =>
  lead.status === 'pre-registered' ? [freePlace(lead), ...(await releaseWrites(lead))] : [];

const cancelled = async (leadId: string): Promise<Write[]> =>
  cancelInvitationWrites(leadId, await loadInvitationOfLead(leadId));

async function attempt(leadId: string, work: () => Promise<void>): Promise<DeletionOutcome> {
  try {
    await work();
    return { leadId };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The request as a whole succeeds, so the refusal of this lead is traced here (DEV-04).
    const trace = { outcome: 'refused', code: error.definition.code, after: { leadId } } as const;
    await transact({ writes: [], trace, aside: true });
    return { leadId, refused: error };
  }
}
