import { usageCompleteThrough } from '#lib/expenditures/index.ts';
import { loadPartner, paymentCurrencyOf } from '#lib/partners/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { BILL_CURRENCY } from './bill.ts';
import { loadBill } from './bill-store.ts';
import type { IssuedBill } from './debt.ts';
import type { Estimate } from './estimate.ts';
import { loadEstimate } from './estimate-store.ts';
import { latestRateOf } from './exchange-rate-store.ts';
import { loadPartnerRun } from './partner-run-store.ts';
import { type PartnerState, revisionToCome } from './run.ts';

/** A cycle before its issue: what it comes to so far, in the latest known rate (FIN-48). */
export interface Unissued {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  /** Of the bill that is to come. */
  readonly revision: number;
  readonly status: 'estimated' | 'generating' | 'no-payment-due';
  readonly estimate?: Estimate;
  readonly paymentCurrency: string;
  readonly exchangeRate?: Money;
  readonly usageCompleteThrough?: Instant;
}

export type BillReading = { readonly bill: IssuedBill } | { readonly unissued: Unissued };

/** A partner's bill of a cycle: the issued one, else the estimate (FIN-65 to FIN-67), else zeros (FIN-16). */
export async function readBill(partnerId: string, cycle: BillingMonth, revision?: number): Promise<BillReading> {
  const bill = await loadBill(partnerId, cycle, revision);
  if (bill) return { bill };
  const [estimate, run, partner, completeThrough] = await Promise.all([
    loadEstimate({ partnerId, cycle }),
    loadPartnerRun(cycle, partnerId),
    loadPartner(partnerId),
    usageCompleteThrough(),
  ]);
  const paymentCurrency = partner ? paymentCurrencyOf(partner, cycle) : BILL_CURRENCY;
  return {
    unissued: {
      partnerId,
      cycle,
      revision: run === undefined ? 1 : revisionToCome(run),
      status: statusOf(run?.state),
      estimate,
      paymentCurrency,
      exchangeRate: await latestRateOf(paymentCurrency, cycle),
      usageCompleteThrough: estimate?.usageCompleteThrough ?? completeThrough,
    },
  };
}

/** A parked bill is still being made, and so is one that was voided. */
function statusOf(state: PartnerState | undefined): Unissued['status'] {
  if (state === 'nothing-to-bill') return 'no-payment-due';
  return state === undefined || state === 'expected' ? 'estimated' : 'generating';
}
