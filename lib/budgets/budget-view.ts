import * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import { usageCompleteThrough } from '#lib/expenditures/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { exactText, fixedText, type Money, percentText, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { BUDGET_TYPES, type Budget, EXHAUSTION_MODES } from './budget.ts';
import { STANDINGS, standingOf } from './threshold.ts';

/** A budget, what counts against it, and the customer as it then stands. */
export interface BudgetReading {
  readonly customer: Customer;
  readonly budget: Budget;
  readonly usage: Money;
}

const amount = z.string().meta({ examples: ['100.00'] });

export const budgetView = z.object({
  customerId: z.string(),
  accountName: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  type: z.enum(BUDGET_TYPES),
  amount: amount.meta({ description: '0.00 = not set' }),
  currency: z.string().meta({ description: "The partner's payment currency" }),
  exhaustionMode: z.enum(EXHAUSTION_MODES),
  automaticallyFrozen: z.boolean().meta({ description: 'The exhaustion mode, not the cause of a freeze (CUS-275)' }),
  typeSince: z.string(),
  setBy: z.string().nullable(),
  setAt: z.string().nullable(),
  standing: z.enum(STANDINGS),
  currentEstimate: z.string().nullable().meta({ description: 'Monthly budget: list price of the month to date' }),
  totalExpenditure: z.string().nullable().meta({ description: 'One-time budget: list price since typeSince' }),
  budgetUsagePercent: z.string().nullable().meta({ description: 'Rounded down to 2 decimals' }),
  freezeLevel: z.enum(['none', 'account', 'account-and-resources']),
  freezeCause: z.enum(['association-default', 'manual', 'budget-exhaustion']).nullable(),
  retentionUntil: z.string().nullable(),
  payPerUseRestricted: z.boolean(),
  usageCompleteThrough: z
    .string()
    .nullable()
    .meta({ description: 'The usage feed has delivered everything up to here' }),
  asOf: z.string(),
  version: z.number().int(),
});

export const changedBudgetView = budgetView.extend({
  warnings: z.array(z.literal('WILL_FREEZE_AGAIN')).meta({
    description: 'The automatic budget is exhausted at once: the next full hour freezes again (CUS-062)',
  }),
});

/** The budget as the API shows it; figures that do not apply are null (CUS-051, CUS-052, CUS-248). */
export async function toBudgetView(reading: BudgetReading, now: Instant): Promise<z.input<typeof budgetView>> {
  const { customer, budget } = reading;
  const [partner, completeThrough] = await Promise.all([loadPartner(budget.partnerId), usageCompleteThrough()]);
  if (!partner) throw new Error(`no profile of partner ${budget.partnerId}`);
  const { freezeLevel, freezeCause = null, retentionUntil = null, payPerUseRestricted } = customer.control;
  return {
    customerId: customer.customerId,
    accountName: customer.accountName,
    customerName: customer.customerName ? maskName(customer.customerName) : null,
    type: budget.type,
    amount: exactText(budget.amount),
    currency: partner.paymentCurrency,
    exhaustionMode: budget.exhaustionMode,
    automaticallyFrozen: budget.exhaustionMode === 'automatic',
    typeSince: budget.typeSince,
    setBy: budget.setBy ?? null,
    setAt: budget.setAt ?? null,
    ...usageFigures(reading),
    freezeLevel,
    freezeCause,
    retentionUntil,
    payPerUseRestricted,
    usageCompleteThrough: completeThrough ?? null,
    asOf: now,
    version: budget.version,
  };
}

function usageFigures({ budget, usage }: BudgetReading) {
  const shown = budget.amount === ZERO ? null : fixedText(usage, 8);
  return {
    standing: standingOf(usage, budget.amount),
    currentEstimate: budget.type === 'monthly' ? shown : null,
    totalExpenditure: budget.type === 'one-time' ? shown : null,
    budgetUsagePercent: percentText(usage, budget.amount),
  };
}

export const toChangedBudgetView = async (
  { warnings, ...reading }: BudgetReading & { readonly warnings: readonly 'WILL_FREEZE_AGAIN'[] },
  now: Instant,
): Promise<z.input<typeof changedBudgetView>> => ({ ...(await toBudgetView(reading, now)), warnings: [...warnings] });
