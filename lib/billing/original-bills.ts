import { redecide } from '#lib/shared/redecide.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type BillName, billIdOf } from './bill-id.ts';
import { loadBill, refundedOn } from './bill-store.ts';
import { CannotBill } from './cannot-bill.ts';
import type { IssuedBill } from './debt.ts';
import { loadPartnerRun } from './partner-run-store.ts';
import { isFinal, revisionToCome } from './run.ts';

/** The bill that the charges of a cycle are on, for refunds of them (FIN-33, FIN-63). */
export type OriginalBills = (cycle: BillingMonth) => Promise<IssuedBill | undefined>;

/** As it is now, if there is one: for what is no bill, or was one long ago. */
export const billsAsTheyAre = (partnerId: string): OriginalBills => once((cycle) => loadBill(partnerId, cycle));

/**
 * What a bill takes back must be known for good: it waits for an earlier one that is still to come, also in place of a voided one.
 * @throws CannotBill ORIGINAL_NOT_BILLED
 */
export const billsForGood = ({ partnerId, cycle }: Omit<BillName, 'revision'>): OriginalBills =>
  once(async (original) => {
    const bill = await loadBill(partnerId, original);
    if (bill || original >= cycle) return bill;
    const run = await loadPartnerRun(original, partnerId);
    if (!run || isFinal(run)) return undefined;
    const awaited = billIdOf(partnerId, original, revisionToCome(run));
    throw new CannotBill('ORIGINAL_NOT_BILLED', `it takes back charges that will be on ${awaited}`);
  });

/** The same, and from now on none of them is voided while the bill that takes them back stands. */
export function billsHeld(refunding: BillName): OriginalBills {
  const { partnerId, cycle, revision } = refunding;
  const billId = billIdOf(partnerId, cycle, revision);
  return once((original) =>
    redecide(async () => {
      const bill = await billsForGood(refunding)(original);
      if (bill && original !== cycle && !bill.refundedOn?.includes(billId)) {
        await transact({ aside: true, writes: [refundedOn(bill, billId)] });
      }
      return bill;
    }),
  );
}

function once(load: OriginalBills): OriginalBills {
  const known = new Map<BillingMonth, ReturnType<OriginalBills>>();
  return (cycle) => {
    const asked = known.get(cycle) ?? load(cycle);
    known.set(cycle, asked);
    return asked;
  };
}
