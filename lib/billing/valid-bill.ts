import { Refusal } from '#lib/shared/errors.ts';
import { billIdOf } from './bill-id.ts';
import { loadBill } from './bill-store.ts';
import type { IssuedBill } from './debt.ts';
import { billingErrors, correctionErrors } from './errors.ts';
import { loadPartnerRun } from './partner-run-store.ts';
import { revisionToCome } from './run.ts';
import type { NamedBill } from './whose.ts';

/**
 * The bill, for what is done with valid bills only; without a revision that of the cycle.
 * @throws Refusal BILL_NOT_ISSUED, or what else is said when there was never one; BILL_VOIDED, which names the bill that takes its place
 */
export async function requireValidBill(
  { partnerId, cycle, revision }: NamedBill,
  absent = billingErrors.BILL_NOT_ISSUED,
): Promise<IssuedBill> {
  const valid = await loadBill(partnerId, cycle);
  const named = revision === undefined ? valid?.billId : billIdOf(partnerId, cycle, revision);
  if (valid && valid.billId === named) return valid;
  const voided = await loadBill(partnerId, cycle, revision ?? 1); // where any was voided, the first was
  throw voided ? await voidedRefusal({ partnerId, cycle }) : new Refusal(absent);
}

/** The bill in its place may be still to come. */
export async function voidedRefusal({ partnerId, cycle }: NamedBill): Promise<Refusal> {
  const run = await loadPartnerRun(cycle, partnerId);
  const successorBillId = run && billIdOf(partnerId, cycle, revisionToCome(run));
  return new Refusal(correctionErrors.BILL_VOIDED, { successorBillId });
}
