import type { BillingMonth } from '#lib/shared/time.ts';
import { loadPartnerRun } from './partner-run-store.ts';
import { loadRun } from './run-store.ts';

/** Is everything of the cycle settled for the partner? A partner that has no place in a planned run has nothing in it. */
export async function isCycleBilled(partnerId: string, cycle: BillingMonth): Promise<boolean> {
  const [run, ofPartner] = await Promise.all([loadRun(cycle), loadPartnerRun(cycle, partnerId)]);
  if (ofPartner) return ofPartner.state === 'issued' || ofPartner.state === 'nothing-to-bill';
  return run?.planned === true;
}
