import { type BillingMonth, isBillingMonth } from '#lib/shared/time.ts';

/** What names a bill: at most one per partner and cycle is valid (FIN-15); one that was voided has a successor of the next revision. */
export interface BillName {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  /** 1 for the first bill of a cycle. */
  readonly revision: number;
}

export const billIdOf = (partnerId: string, cycle: BillingMonth, revision = 1): string =>
  `bill_${cycle}_${partnerId}${revision > 1 ? `_r${revision}` : ''}`;

export function parseBillId(billId: string): BillName | undefined {
  const [, cycle = '', partnerId = '', revision = '1'] =
    /^bill_(\d{4}-\d{2})_(.+?)(?:_r([1-9]\d{0,3}))?$/.exec(billId) ?? [];
  return isBillingMonth(cycle) ? { partnerId, cycle, revision: Number(revision) } : undefined;
}
