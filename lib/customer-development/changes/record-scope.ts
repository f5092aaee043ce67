import type { Actor, Member } from '#lib/shared/actor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { loadMember } from '#lib/shared/identities.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { AssociationRecord } from './association-record.ts';
import { loadRecord } from './record-store.ts';

/** The record named in the path, if the caller may know of it (ORD-08). */
export const recordScope: Scope<AssociationRecord> = {
  name: 'association-record',
  parameter: 'recordId',
  notFound: sharedErrors.NOT_FOUND,
  load: async (actor, recordId, options) => {
    const record = await loadRecord(recordId, options);
    return record && (await isRecordVisible(actor, record)) ? record : undefined;
  },
};

/** The customer's own, the partner's, and a distributor's of its resellers (ORD-33); inside a partner by data scope (ORD-03, ORD-04). */
export async function isRecordVisible(actor: Actor, record: AssociationRecord): Promise<boolean> {
  if (actor.kind === 'operator') return true;
  if (actor.kind === 'customer') return record.customerId === actor.customerId;
  if (actor.kind !== 'member') return false;
  if (record.distributorId === actor.partnerId) return actor.dataScope === 'all';
  return record.partnerId === actor.partnerId && isInDataScope(actor, record);
}

/** By the account manager at the time of the request, so that a record stays where it was. */
async function isInDataScope(member: Member, { accountManagerId }: AssociationRecord): Promise<boolean> {
  if (member.dataScope === 'all' || accountManagerId === member.id) return true;
  if (member.dataScope === 'own' || accountManagerId === undefined) return false;
  return (await loadMember(accountManagerId))?.directorId === member.id;
}
