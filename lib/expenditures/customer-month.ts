import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';

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
  /** Records on the bill of this cycle, and their list prices per bill type. Frozen once `closedAt` is set; `usage` is not (CUS-097). */
  readonly count: number;
  readonly expenditure: Money;
  readonly refund: Money;
  readonly adjustment: Money;
  readonly closedAt?: Instant;
  readonly movedAt: Instant;
}
