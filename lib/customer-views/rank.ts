import type { BudgetStanding } from '#lib/budgets/index.ts';
import { activeAssociation, type Customer, type CustomerRank } from '#lib/customers/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';

export type RankWish = Omit<CustomerRank, 'version'>;

/** As many digits as a stored amount can have. */
const DIGITS = 38;
/** Usage over budget, finer than any percentage that is shown. */
const RATIO_SCALE = 10n ** 10n;

/** Where a customer stands in the rankings of `month`; nowhere while nothing was spent, or without an association. */
export function rankOf(
  customer: Customer,
  standing: BudgetStanding | undefined,
  month: BillingMonth,
): RankWish | undefined {
  const association = activeAssociation(customer);
  if (!association) return undefined;
  const { partnerId, resellerId } = association;
  const place = { customerId: customer.customerId, partnerId, resellerId };
  if (!standing) return place; // outside the reseller model nothing is counted (CUS-015)
  const { budget, usage, monthToDate } = standing;
  const capped = budget.amount > 0n && usage > 0n;
  return {
    ...place,
    monthToDate: monthToDate > 0n ? { among: month, value: digits(monthToDate) } : undefined,
    budgetUsage: capped
      ? {
          among: budget.type === 'monthly' ? month : 'one-time',
          value: digits((usage * RATIO_SCALE) / budget.amount),
        }
      : undefined,
  };
}

const digits = (figure: bigint): string => figure.toString().padStart(DIGITS, '0');
