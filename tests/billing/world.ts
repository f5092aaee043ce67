import { type CommercialDiscount, setDiscount, setTaxRule } from '#lib/billing/index.ts';
import { type BillType, ingest } from '#lib/expenditures/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { handler as startMonthlyBilling } from '../../functions/billing/start-monthly-billing.ts';
import { asSystem, drain, runSchedule, type TestCustomer, type TestPartner } from '../support/index.ts';

export interface Consumption {
  readonly recordId?: string;
  readonly list: string;
  /** End of an hour of consumption, or time of payment. */
  readonly at: string;
  readonly billType?: BillType;
  readonly [field: string]: unknown;
}

let delivered = 0;

/** Charges of a customer, delivered now: pay-per-use of a common product unless told otherwise. @returns the record ids */
export async function consume(customer: Pick<TestCustomer, 'customerId'>, ...wished: Consumption[]): Promise<string[]> {
  const charges = wished.map(({ list, at, ...wish }) => {
    delivered += 1;
    const order = wish.billingMode === 'yearly-monthly';
    const end = instant(at);
    return {
      recordId: `rec-${delivered}`,
      customerId: customer.customerId,
      billType: 'expenditure',
      billingMode: 'pay-per-use',
      productType: 'Elastic Cloud Server',
      productTypeCode: 'ecs',
      productName: 'General computing',
      productId: 'p-1',
      orderId: `order-${delivered}`,
      currency: 'USD',
      settlementClass: 'common',
      listPrice: list,
      ...(order ? { transactionTime: end } : { spentFrom: plus(end, { hours: -1 }), spentTo: end }),
      ...wish,
    };
  });
  const receipts = await asSystem((now) =>
    ingest(
      charges.map((raw) => ({ raw, mark: `test:${raw.recordId}` })),
      now,
    ),
  );
  const refused = receipts.find(({ receipt }) => receipt !== 'counted' && receipt !== 'late');
  if (refused) throw new Error(`not counted: ${JSON.stringify(refused)}`);
  return charges.map(({ recordId }) => recordId);
}

/** A tax rule of a country since 2020; every country of a test file has one. */
export const aTaxRule = (
  countryRegion: string,
  components: Readonly<Record<string, string>> = {},
  from = '2020-01-01T00:00:00+08:00',
) =>
  asSystem((now) =>
    setTaxRule(
      {
        countryRegion,
        components: Object.entries(components).map(([code, rate]) => ({ code, rate: parseMoney(rate) })),
        effectiveFrom: instant(from),
      },
      'test',
      now,
    ),
  );

/** A commercial discount of a partner, for 2024 unless told otherwise. */
export const grant = (
  partner: TestPartner,
  items: CommercialDiscount['items'],
  wish: { customerId?: string; from?: string; to?: string } = {},
) =>
  asSystem((now) =>
    setDiscount(
      partner.partner,
      {
        type: wish.customerId === undefined ? 'partner-level' : 'customer-level',
        customerId: wish.customerId,
        effectiveAt: instant(wish.from ?? '2024-01-01T00:00:00+08:00'),
        expiresAt: instant(wish.to ?? '2024-12-31T23:59:59+08:00'),
        items,
      },
      'test',
      now,
    ),
  );

/** The monthly run as the scheduler starts it, worked off to the end. */
export async function runBilling(dueAt = '2024-08-05T02:00:00+08:00'): Promise<void> {
  await runSchedule(startMonthlyBilling, dueAt);
  await drain();
}
