import { type Association, type Customer, managingPartner } from '#lib/customers/index.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { AssociationRecord } from './association-record.ts';
import type { Party } from './party.ts';

type Asked = Pick<AssociationRecord, 'purpose' | 'status'> &
  Partial<Pick<AssociationRecord, 'newAssociationType' | 'reason' | 'acknowledged' | 'processedBy'>>;

/** The row of a request, with what the customer is called at that time. */
export function newRecord(
  customer: Customer,
  association: Association,
  { side, id }: Pick<Party, 'side' | 'id'>,
  asked: Asked,
  now: Instant,
): AssociationRecord {
  const { customerId, accountName, customerName, mobileNumber } = customer;
  const { partnerId: tierOne, resellerId, type, since, accountManagers } = association;
  const partnerId = managingPartner(association);
  return {
    recordId: newId('arc', now),
    customerId,
    partnerId,
    distributorId: resellerId === undefined ? undefined : tierOne,
    accountName,
    customerName,
    mobileNumber,
    associationType: type,
    initiatedBy: side,
    initiatorId: id,
    accountManagerId: accountManagers[partnerId],
    associatedSince: since,
    requestedAt: now,
    ...(asked.status === 'completed' ? { processedAt: now, processedBy: id } : {}),
    version: 1,
    ...asked,
  };
}
