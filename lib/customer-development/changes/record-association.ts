import type { Association, Customer } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { newRecord } from './new-record.ts';
import type { Party } from './party.ts';
import { putNewRecord } from './record-store.ts';

/** DEV-105: the row of an association that comes about now, joined to the transaction that makes it. */
export const associationRecordWrites = (
  customer: Customer,
  association: Association,
  initiator: Pick<Party, 'side' | 'id'>,
  now: Instant,
): Write[] =>
  putNewRecord(newRecord(customer, association, initiator, { purpose: 'association', status: 'completed' }, now));
