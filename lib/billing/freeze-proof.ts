import { type Freeze, freezeAt, listFreezeHistory } from '#lib/customers/index.ts';
import { type ExpenditureRecord, isOrder } from '#lib/expenditures/index.ts';
import type { Instant } from '#lib/shared/time.ts';

/** When what a charge is for began: the consumption, or the order with its payment. Refunds and adjustments begin nothing. */
export function beginOf(charge: ExpenditureRecord): Instant | undefined {
  if (charge.billType !== 'expenditure') return undefined;
  return isOrder(charge) ? charge.transactionTime : (charge.spentFrom ?? charge.transactionTime);
}

/** Finds the freeze under which a charge began. */
export type ProofOf = (charge: ExpenditureRecord) => Freeze | undefined;

/** The freeze history of each customer as it is now, read once, with the first charge of it. */
export function startProving(): (records: readonly ExpenditureRecord[]) => Promise<ProofOf> {
  const histories = new Map<string, ReturnType<typeof listFreezeHistory>>();
  return async (records) => {
    const ids = [...new Set(records.map(({ customerId }) => customerId))];
    for (const id of ids) if (!histories.has(id)) histories.set(id, listFreezeHistory(id));
    const known = new Map(await Promise.all(ids.map(async (id) => [id, (await histories.get(id)) ?? []] as const)));
    return (charge) => {
      const begin = beginOf(charge);
      return begin && freezeAt(known.get(charge.customerId) ?? [], begin);
    };
  };
}
