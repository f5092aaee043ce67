import { type BillType, ingest } from '#lib/expenditures/index.ts';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { handler as listSummary } from '../../functions/expenditures/list-expenditure-summary.ts';
import {
  aCustomer,
  asSystem,
  type Caller,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
} from '../support/index.ts';
import { aCharge } from './charges.ts';

/** A customer associated since January 2024; the clock is where it was. */
export async function anOldCustomer(
  of: TestPartner,
  wish: Parameters<typeof aCustomer>[0] = {},
): Promise<TestCustomer> {
  const now = clock.now();
  clock.set('2024-01-01T00:00:00+08:00');
  const customer = await aCustomer({ of, ...wish });
  clock.set(now);
  return customer;
}

/** Takes charges in, each with the fields that differ. @returns their record ids */
export async function charged(
  customer: Pick<TestCustomer, 'customerId'>,
  ...fields: Readonly<Record<string, unknown>>[]
): Promise<string[]> {
  const deliveries = fields
    .map((each) => aCharge(customer, each))
    .map((raw) => ({ raw, mark: `test:${raw.recordId}` }));
  for (let start = 0; start < deliveries.length; start += 500) {
    const receipts = await asSystem((now) => ingest(deliveries.slice(start, start + 500), now));
    const refused = receipts.find(({ receipt }) => receipt !== 'counted' && receipt !== 'late');
    if (refused) throw new Error(`not counted: ${JSON.stringify(refused)}`);
  }
  return deliveries.map(({ raw }) => raw.recordId);
}

/** One hour of usage that ends then. */
export const hourTo = (end: string): { spentFrom: string; spentTo: string } => ({
  spentFrom: new Date(Date.parse(end) - 3_600_000).toISOString(),
  spentTo: end,
});

/** A purchase paid then. */
export const paidAt = (time: string) => ({
  billingMode: 'yearly-monthly',
  orderType: 'new-purchase',
  transactionTime: time,
  spentFrom: undefined,
  spentTo: undefined,
});

export const details = (
  as: Caller | undefined,
  customer: Pick<TestCustomer, 'customerId'>,
  cycle: string,
  query = {},
) => invoke(listDetails, { as, query: { customerId: customer.customerId, cycle, ...query } });

export const summary = (
  as: Caller | undefined,
  customer: Pick<TestCustomer, 'customerId'>,
  spentOn: string,
  query = {},
) => invoke(listSummary, { as, query: { customerId: customer.customerId, spentOn, ...query } });

interface Paid {
  readonly listPrice: string;
  readonly discount: string;
  readonly cashPayments: string;
  readonly couponsUsed: string;
  readonly monthlySettlement: string;
}

/** ORD-132 of an answered record or total. */
export function dueOf(paid: Paid): { readonly charged: Money; readonly paid: bigint } {
  const money = (field: keyof Paid) => parseMoney(paid[field]);
  return {
    charged: (money('listPrice') - money('discount')) as Money,
    paid: money('cashPayments') + money('couponsUsed') + money('monthlySettlement'),
  };
}

/** The sums of answered records per bill type. */
export function sumsOf(items: readonly { billType: BillType; amountDue: string }[]): Record<BillType, bigint> {
  const sums: Record<BillType, bigint> = { expenditure: 0n, refund: 0n, adjustment: 0n };
  for (const { billType, amountDue } of items) sums[billType] += parseMoney(amountDue);
  return sums;
}
