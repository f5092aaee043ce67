import type { BillLine } from './line.ts';

/** What list-bill-details filters by (FIN-144). */
export interface LineFilter {
  readonly customerId?: string;
  /** Part of an account name, or a whole customer name, in any case. */
  readonly customer?: string;
  readonly orderId?: string;
  /** Name or code. */
  readonly productType?: string;
}

export function matches({ charge, names }: BillLine, filter: LineFilter): boolean {
  const { customerId, orderId, productType } = filter;
  if (customerId !== undefined && charge.customerId !== customerId) return false;
  if (orderId !== undefined && charge.orderId !== orderId) return false;
  if (productType !== undefined && charge.productType !== productType && charge.productTypeCode !== productType) {
    return false;
  }
  const customer = filter.customer?.toLowerCase();
  return (
    customer === undefined ||
    names.accountName.toLowerCase().includes(customer) ||
    names.customerName?.toLowerCase() === customer
  );
}

/** Whether something may be filtered out. */
export const isSelective = (filter: LineFilter): boolean =>
  Object.values(filter).some((wanted) => wanted !== undefined);
