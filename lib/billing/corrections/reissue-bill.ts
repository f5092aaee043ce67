import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type BillName, billIdOf } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import { billingErrors, correctionErrors } from '../errors.ts';
import { sendPartners } from '../messages.ts';
import { billAnew, loadPartnerRun } from '../partner-run-store.ts';
import type { PartnerRun } from '../run.ts';
import { moveTally } from '../run-store.ts';

/**
 * Bills the closed months of a voided bill anew, by the rules of now, as the next revision. Late usage stays on the next bill (FIN-14). A second call finds
 * it under way, or issued, and answers with it (FIN-15).
 * @throws Refusal BILL_NOT_ISSUED, BILL_NOT_VOIDED, VOIDING_UNDER_WAY
 */
export async function reissueBill(name: BillName, reason: string): Promise<PartnerRun> {
  const run = await redecide(async () => {
    const before = await requireVoided(name);
    if (before.revision !== name.revision) return before;
    await transact({
      writes: [billAnew(before), moveTally(before, { from: 'voided', to: 'generating' })],
      trace: {
        partnerId: name.partnerId,
        before: { billId: billIdOf(name.partnerId, name.cycle, name.revision) },
        after: { reason },
      },
    });
    return { ...before, state: 'generating' as const, revision: before.revision + 1 };
  });
  await sendPartners([name]);
  return run;
}

/** @returns the run as it stands: of this bill, or of its successor already */
async function requireVoided({ partnerId, cycle, revision }: BillName): Promise<PartnerRun> {
  const [bill, run] = await Promise.all([loadBill(partnerId, cycle, revision), loadPartnerRun(cycle, partnerId)]);
  if (!bill || !run) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  if (bill.debt.status !== 'voided') throw new Refusal(correctionErrors.BILL_NOT_VOIDED);
  if (run.revision > revision) return run;
  if (run.state === 'voiding') {
    await sendPartners([{ partnerId, cycle }]); // its message may never have been sent
    throw new Refusal(correctionErrors.VOIDING_UNDER_WAY);
  }
  return run;
}
