import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { CannotBill } from './cannot-bill.ts';
import { addFrozen, type Frozen, type FrozenCustomer, NOTHING, sameFrozen, sumOfRecords } from './frozen.ts';

/** Where a part goes on: at which customer, behind which record, and what was read of this customer before. */
export interface Position {
  readonly customer: number;
  readonly startKey?: Record<string, unknown>;
  readonly read: Frozen;
}

export const START: Position = { customer: 0, read: NOTHING };

/** A page of records of the part's customer with index `customer`. */
export interface PageRead {
  readonly customer: number;
  readonly records: readonly Pick<ExpenditureRecord, 'billType' | 'listPrice'>[];
  /** Nothing of this customer follows. */
  readonly last: boolean;
  readonly next?: { readonly startKey?: Record<string, unknown> };
}

/** Adds up what was read of a customer; at its end it must be what was frozen, because the index that is read lags (FIN-14). */
export function positionBehind(customers: readonly FrozenCustomer[], position: Position, page: PageRead): Position {
  const read = addFrozen(position.read, sumOfRecords(page.records));
  if (!page.last) return { customer: page.customer, startKey: page.next?.startKey, read };
  const frozen = customers[page.customer];
  if (!frozen || !sameFrozen(read, frozen)) {
    const detail = `${read.count} of ${frozen?.count} records of customer ${frozen?.customerId} were read`;
    throw new CannotBill('LINES_INCOMPLETE', detail, true);
  }
  return { customer: page.customer + 1, read: NOTHING };
}
