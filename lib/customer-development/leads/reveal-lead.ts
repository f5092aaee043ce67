import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { leadErrors } from './errors.ts';
import { leadVisibility } from './lead-scope.ts';
import { loadLeads } from './lead-store.ts';

export const REVEALABLE_LEAD_FIELDS = ['customerName', 'email', 'mobileNumber'] as const;

/**
 * One field of one lead, or one column of a page, in clear (DEV-189, DEV-190). A trace names whose field was shown to whom, before it is.
 * @throws Refusal LEAD_NOT_FOUND when any of them is not visible to the caller
 */
export async function revealLeadField(
  actor: Actor,
  leadIds: readonly string[],
  field: (typeof REVEALABLE_LEAD_FIELDS)[number],
): Promise<{ leadId: string; value: string | null }[]> {
  const distinct = [...new Set(leadIds)];
  const leads = await loadLeads(distinct);
  const visible = await Promise.all(leads.map(leadVisibility(actor)));
  if (leads.length !== distinct.length || visible.includes(false)) throw new Refusal(leadErrors.LEAD_NOT_FOUND);
  await transact({ writes: [], trace: { after: { field, leadIds: distinct } } });
  return leads.map((lead) => ({ leadId: lead.leadId, value: lead[field] ?? null }));
}
