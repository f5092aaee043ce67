import { Refusal } from '#lib/shared/errors.ts';
import { billIdOf } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import type { IssuedBill } from '../debt.ts';
import { billingErrors } from '../errors.ts';
import type { NamedBill } from '../whose.ts';

/** A bill with those before and behind it: their ids follow from its own. */
export interface Links {
  readonly bill: IssuedBill;
  readonly predecessorBillId?: string;
  readonly successorBillId?: string;
}

/** @throws Refusal BILL_NOT_ISSUED */
export async function linksOf({ partnerId, cycle, revision = 1 }: NamedBill): Promise<Links> {
  const [bill, successor] = await Promise.all([
    loadBill(partnerId, cycle, revision),
    loadBill(partnerId, cycle, revision + 1),
  ]);
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  return {
    bill,
    predecessorBillId: revision > 1 ? billIdOf(partnerId, cycle, revision - 1) : undefined,
    successorBillId: successor?.billId,
  };
}
