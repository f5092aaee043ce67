import { type BillingMonth, isBillingMonth } from '#lib/shared/time.ts';

/** A bill's id follows from what is unique about it: at most one per partner and cycle (FIN-15). */
export const billIdOf = (partnerId: string, cycle: BillingMonth): string => `bill_${cycle}_${partnerId}`;

export function parseBillId(billId: string): { partnerId: string; cycle: BillingMonth } | undefined {
  const [, cycle = '', partnerId = ''] = /^bill_(\d{4}-\d{2})_(.+)$/.exec(billId) ?? [];
  return isBillingMonth(cycle) ? { partnerId, cycle } : undefined;
}
