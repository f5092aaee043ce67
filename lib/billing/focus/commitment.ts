import { exactText, type Money } from '#lib/shared/money.ts';
import { BILL_CURRENCY } from '../bill.ts';
import type { BillLine } from '../line.ts';
import type { FocusRow } from './columns.ts';
import type { Pricing } from './pricing.ts';

/** Reserved instances are commitments to usage, in hours; savings plans to spend, in the bill's currency. */
export function toCommitmentColumns(line: BillLine, category: string, pricing: Pricing): FocusRow {
  const { charge, settlement } = line;
  const isReserved = charge.billingMode.startsWith('reserved-instance');
  if (category === 'Adjustment' || (!isReserved && charge.billingMode !== 'savings-plan')) return {};
  const hours = (category === 'Purchase' ? charge.reservedHours : charge.reservedInstanceUsage) ?? pricing.quantity;
  const quantity: Money = isReserved ? hours : settlement.amount;
  return {
    CommitmentDiscountCategory: isReserved ? 'Usage' : 'Spend',
    CommitmentDiscountId: charge.resourceId ?? charge.originalOrderId ?? charge.orderId,
    CommitmentDiscountQuantity: exactText(quantity, 0),
    CommitmentDiscountStatus: category === 'Usage' ? 'Used' : undefined,
    CommitmentDiscountType: isReserved ? 'Reserved Instance' : 'Savings Plan',
    CommitmentDiscountUnit: isReserved ? 'Hours' : BILL_CURRENCY,
  };
}
