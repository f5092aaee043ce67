import * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import type { Instant } from '#lib/shared/time.ts';
import { LIST_CURRENCY } from './classify.ts';

/** ORD-130, CUS-100, ORD-129, CUS-101, ORD-133. */
const NOTICE =
  "This is the customer's expenditure, not the partner's bill: do not settle, repay, bill or invoice on it. Amounts exclude tax; those " +
  'of customers in the reseller model are list price, for reference. In an open month, coupons are only those used when an order was paid.';

/** What every answer about expenditures says beside the figures. */
export const expenditureHeader = {
  customerId: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  accountName: z.string(),
  currency: z.literal(LIST_CURRENCY),
  taxIncluded: z.literal(false),
  notice: z.string(),
  usageCompleteThrough: z
    .string()
    .nullable()
    .meta({ description: 'Up to when the usage feed had delivered everything' }),
  asOf: z.string(),
};

export function toHeader(
  { customerId, customerName, accountName }: Customer,
  completeThrough: Instant | undefined,
  now: Instant,
): z.input<z.ZodObject<typeof expenditureHeader>> {
  return {
    customerId,
    customerName: customerName ? maskName(customerName) : null,
    accountName,
    currency: LIST_CURRENCY,
    taxIncluded: false,
    notice: NOTICE,
    usageCompleteThrough: completeThrough ?? null,
    asOf: now,
  };
}
