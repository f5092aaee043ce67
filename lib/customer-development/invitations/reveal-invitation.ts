import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { invitationErrors } from './errors.ts';
import { loadInvitations } from './invitation-store.ts';
import { visibleTo } from './list-history.ts';

export const REVEALABLE_INVITATION_FIELDS = ['customerName', 'email'] as const;
type RevealableField = (typeof REVEALABLE_INVITATION_FIELDS)[number];

/**
 * One column of a page of the history in clear; a trace names whose field was shown to whom, before it is (DEV-189, DEV-190).
 * @throws Refusal INVITATION_NOT_FOUND when any of them is not visible to the caller
 */
export async function revealInvitationField(
  member: Member,
  invitationIds: readonly string[],
  field: RevealableField,
): Promise<{ invitationId: string; value: string | null }[]> {
  const distinct = [...new Set(invitationIds)];
  const rows = await loadInvitations(distinct);
  const visible = await Promise.all(rows.map(visibleTo(member)));
  if (rows.length !== distinct.length || visible.includes(false))
    throw new Refusal(invitationErrors.INVITATION_NOT_FOUND);
  await transact({ writes: [], trace: { after: { field, invitationIds: distinct } } });
  return rows.map((row) => ({ invitationId: row.invitationId, value: row[field] ?? null }));
}
