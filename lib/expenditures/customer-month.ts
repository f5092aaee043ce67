import { type Money, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';

/** One customer of one partner in one month: the usage counter of the month and the sums of its billing cycle. */
export interface CustomerMonth {
  readonly partnerId: string;
  readonly customerId: string;
  readonly resellerId?: string;
  readonly month: BillingMonth;
  /** List price of expenditures consumed in this month, gross (CUS-091 to CUS-093), in the partner's payment currency (CUS-254). */
  readonly usage: Money;
  /** Quantities consumed in this month, by `productKey` (CUS-236). */
  readonly products: ReadonlyMap<string, Money>;
  /** What of it was metered on each day of the month, `01` to `31` (CUS-209). */
  readonly usageByDay: ReadonlyMap<string, Money>;
  /** What of it belongs to each association that began in this month, by its beginning (CUS-098). */
  readonly usageBySince: ReadonlyMap<string, Money>;
  /** Records on the bill of this cycle, and their list prices per bill type. Frozen once `closedAt` is set; `usage` is not (CUS-097). */
  readonly count: number;
  readonly expenditure: Money;
  readonly refund: Money;
  readonly adjustment: Money;
  readonly closedAt?: Instant;
  readonly movedAt: Instant;
}

/** CUS-098: what was used in a month since an association began; an earlier one with the same partner does not count, however late it is told. */
export const usageSince = (
  { month, usage, usageBySince }: Pick<CustomerMonth, 'month' | 'usage' | 'usageBySince'>,
  since: Instant | undefined,
): Money => (since !== undefined && billingMonthOf(since) === month ? (usageBySince.get(since) ?? ZERO) : usage);
