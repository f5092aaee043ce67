import { type IssuedBill, loadBill, parseBillId } from '#lib/billing/index.ts';
import type { Draft } from './invoice.ts';

/** The bill of an invoice or credit note, be it valid or voided; top-ups have none. */
export async function billOf({ billId }: Pick<Draft, 'billId'>): Promise<IssuedBill | undefined> {
  const named = billId === undefined ? undefined : parseBillId(billId);
  return named && loadBill(named.partnerId, named.cycle, named.revision);
}
