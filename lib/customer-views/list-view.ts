import * as z from 'zod';
import { type BudgetStanding, EXHAUSTION_MODES, readBudgets } from '#lib/budgets/index.ts';
import { countUnhandled } from '#lib/customer-alerts/index.ts';
import { type Customer, customerView, toCustomerView } from '#lib/customers/index.ts';
import { groupsOfAccounts } from '#lib/groups/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { exactText, fixedText, percentText, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { between, type Lookups } from './lookups.ts';
import type { Between } from './query-filter.ts';

/** The columns of CUS-240 to CUS-242; an amount that does not apply is null (CUS-248). */
export const customerRow = customerView.extend({
  accountManagerName: z.string().nullable().meta({ description: "Masked; the acting partner's account manager" }),
  resellerName: z.string().nullable(),
  controlAuthorized: z.boolean().nullable().meta({
    description: 'Has the distributor authorized the reseller to set budgets and freeze? Null without a reseller',
  }),
  monthlyBudget: z.string().nullable().meta({ description: 'Null while the budget is one-time' }),
  oneTimeBudget: z.string().nullable().meta({ description: 'Null while the budget is monthly' }),
  budgetUsage: z.string().nullable().meta({ description: 'Current estimate or total expenditure; null while unset' }),
  budgetUsagePercent: z.string().nullable().meta({ description: 'Rounded down to 2 decimals; null while unset' }),
  exhaustionMode: z.enum(EXHAUSTION_MODES).nullable(),
  automaticallyFrozen: z.boolean().nullable().meta({ description: 'The exhaustion mode, not the cause of a freeze' }),
  monthToDateExpenditure: z.string().nullable().meta({ description: 'List price; null outside the reseller model' }),
  alertsToBeHandled: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'Churn alerts; null without a right to see them' }),
  groupId: z.string().nullable().meta({ description: "The partner's own group; null without a right to see groups" }),
  groupName: z.string().nullable(),
});
export type CustomerRow = z.input<typeof customerRow>;

/** A customer with all that its row says, in clear. */
export interface RowFacts {
  readonly customer: Customer;
  readonly between: Between;
  /** Absent outside the reseller model. */
  readonly standing?: BudgetStanding;
  /** Absent for who may not see alerts. */
  readonly unhandledAlerts?: number;
  /** Absent in none, and for who may not see groups. */
  readonly group?: { readonly groupId: string; readonly name: string };
}

/** Whose account managers and groups are shown, and which columns the reader may see. */
export interface RowReader {
  readonly partnerId: string;
  readonly lookups: Lookups;
  readonly alerts: boolean;
  readonly groups: boolean;
}

export async function loadRowFacts(
  customers: readonly Customer[],
  reader: RowReader,
  now: Instant,
): Promise<RowFacts[]> {
  const { partnerId, lookups } = reader;
  const ids = customers.map(({ customerId }) => customerId);
  const [standings, people, alerts, groups] = await Promise.all([
    readBudgets(customers, now),
    Promise.all(customers.map((customer) => between(customer, partnerId, lookups))),
    reader.alerts ? countUnhandled(customers) : undefined,
    reader.groups ? groupsOfAccounts(partnerId, ids) : undefined,
  ]);
  return customers.map((customer, i) => ({
    customer,
    between: people[i] ?? {},
    standing: standings.get(customer.customerId),
    unhandledAlerts: alerts?.get(customer.customerId),
    group: groups?.get(customer.customerId),
  }));
}

export function toCustomerRow(facts: RowFacts, partnerId: string): CustomerRow {
  const { customer, between: people, standing, unhandledAlerts = null, group } = facts;
  const { accountManagerName, resellerName = null, resellerAuthorized = null } = people;
  return {
    ...toCustomerView(customer, partnerId),
    accountManagerName: accountManagerName === undefined ? null : maskName(accountManagerName),
    resellerName,
    controlAuthorized: resellerAuthorized,
    ...toFigures(standing),
    alertsToBeHandled: unhandledAlerts,
    groupId: group?.groupId ?? null,
    groupName: group?.name ?? null,
  };
}

/** Also what an export writes. */
export function toFigures(standing: BudgetStanding | undefined) {
  const { budget, usage = ZERO, monthToDate } = standing ?? {};
  const amount = budget?.amount ?? ZERO;
  return {
    monthlyBudget: budget?.type === 'monthly' ? exactText(amount) : null,
    oneTimeBudget: budget?.type === 'one-time' ? exactText(amount) : null,
    budgetUsage: amount === ZERO ? null : fixedText(usage, 8),
    budgetUsagePercent: percentText(usage, amount),
    exhaustionMode: budget?.exhaustionMode ?? null,
    automaticallyFrozen: budget ? budget.exhaustionMode === 'automatic' : null,
    monthToDateExpenditure: monthToDate === undefined ? null : fixedText(monthToDate, 8),
  };
}
