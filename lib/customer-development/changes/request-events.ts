import { associationRequestCreated, associationRequestProcessed } from '#events/association-requests.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { AssociationRecord } from './association-record.ts';

const common = (record: AssociationRecord) => {
  const { recordId, purpose, customerId, accountName, partnerId, distributorId } = record;
  const { associationType, newAssociationType, initiatedBy } = record;
  const about = { recordId, purpose, customerId, accountName, partnerId, distributorId };
  return { ...about, associationType, newAssociationType, initiatedBy };
};

export function requestCreated(record: AssociationRecord, now: Instant): OutgoingEvent {
  const { status, reason, requestedAt } = record;
  const detail = { ...common(record), reason, requestedAt };
  if (status !== 'pending-confirmation' && status !== 'completed') throw new TypeError(`a new record is not ${status}`);
  return event(associationRequestCreated, { ...detail, status }, now);
}

/** ORD-42: at once, agreed or rejected. */
export const requestProcessed = (
  record: AssociationRecord,
  decision: 'agreed' | 'rejected',
  now: Instant,
): OutgoingEvent => event(associationRequestProcessed, { ...common(record), decision, processedAt: now }, now);
