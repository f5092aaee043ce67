import { listAssociations, loadCustomer } from '#lib/customers/index.ts';
import { loadRecord, postCharge } from '#lib/expenditures/index.ts';
import { isBilled, loadPartner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { parseBillId } from '../bill-id.ts';
import { billStands, loadBill } from '../bill-store.ts';
import { billingErrors, correctionErrors } from '../errors.ts';
import { recordIdOf } from '../line.ts';
import { loadLine } from '../line-page-store.ts';
import { voidedRefusal } from '../valid-bill.ts';
import { type Adjustment, type AdjustmentWish, belongingOf, chargeOf, checkAmount } from './adjustment.ts';
import { putAdjustment } from './adjustment-store.ts';
import { type Effect, effectOf } from './effect.ts';

interface Posted {
  readonly adjustment: Adjustment;
  readonly effect: Effect;
}

/**
 * Posts an adjustment as a record of the cycle, so that estimate, details and bill have it as they have every other charge. The bill
 * run that closes the cycle meanwhile makes this a refusal: it is on this bill, or nowhere (FIN-69).
 * @throws Refusal ADJUSTMENT_INVALID, CYCLE_NOT_BEGUN, CYCLE_ISSUED, CUSTOMER_NOT_ASSOCIATED, CUSTOMER_NOT_FOUND, PARTNER_NOT_FOUND,
 *   PARTNER_TYPE_NOT_BILLED, BILL_NOT_FOUND, BILL_VOIDED, LINE_NOT_FOUND
 */
export async function postAdjustment(
  wish: AdjustmentWish,
  by: { readonly actorId: string; readonly dryRun: boolean },
  now: Instant,
): Promise<Posted> {
  checkAmount(wish.amount);
  await checkPartner(wish.partnerId);
  const adjustmentId = newId('adj', now);
  return redecide(async () => {
    const customer = await loadCustomer(wish.customerId);
    if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
    const { association, at } = belongingOf(await listAssociations(wish.customerId), wish, now);
    const { resellerId } = association;
    const adjustment = { ...wish, adjustmentId, transactionTime: at, resellerId, postedBy: by.actorId, postedAt: now };
    const corrected = await correctedBill(wish);
    const posted = await postCharge(chargeOf(adjustment), association, wish.cycle, now);
    if (!posted) throw new Refusal(correctionErrors.CYCLE_ISSUED);
    const effect = await effectOf(posted);
    if (!by.dryRun) await commit(adjustment, [...posted.writes, ...corrected]);
    return { adjustment, effect };
  });
}

async function checkPartner(partnerId: string): Promise<void> {
  const partner = await loadPartner(partnerId);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  if (!isBilled(partner.type)) throw new Refusal(billingErrors.PARTNER_TYPE_NOT_BILLED);
}

/** The bill and line that are made good exist, and the bill still stands when the adjustment is posted. */
async function correctedBill({ partnerId, correctsBillId, correctsLineId }: AdjustmentWish): Promise<Write[]> {
  if (correctsBillId === undefined) return [];
  const named = parseBillId(correctsBillId);
  const bill = named?.partnerId === partnerId ? await loadBill(partnerId, named.cycle, named.revision) : undefined;
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_FOUND);
  if (bill.debt.status === 'voided') throw await voidedRefusal(bill);
  if (correctsLineId !== undefined) {
    const record = await loadRecord(recordIdOf(correctsLineId) ?? '');
    const line = record?.partnerId === partnerId ? await loadLine(correctsBillId, record) : undefined;
    if (!line) throw new Refusal(billingErrors.LINE_NOT_FOUND);
  }
  return [billStands(bill)];
}

const commit = (adjustment: Adjustment, writes: readonly Write[]): Promise<void> =>
  transact({
    writes: [putAdjustment(adjustment), ...writes],
    trace: { partnerId: adjustment.partnerId, customerId: adjustment.customerId, after: adjustment },
  });
