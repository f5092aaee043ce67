import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, instant } from '#lib/shared/time.ts';

type AmountField =
  | 'listPrice'
  | 'usage'
  | 'packageUsage'
  | 'reservedInstanceUsage'
  | 'conversionFactor'
  | 'linearSize'
  | 'unitPrice';

export type ChargeWish = Partial<Omit<ExpenditureRecord, AmountField | 'transactionTime'>> & {
  readonly at?: string;
} & { readonly [Field in AmountField]?: string };

let made = 0;

/** A stored charge as a test says it: pay-per-use of a common product unless told otherwise, amounts as texts, in the month of `at`. */
export function aCharge({ at = '2024-07-15T12:00:00+08:00', ...wish }: ChargeWish = {}): ExpenditureRecord {
  made += 1;
  const transactionTime = instant(at);
  const month = billingMonthOf(transactionTime) as BillingMonth;
  const { listPrice, usage, packageUsage, reservedInstanceUsage, conversionFactor, linearSize, unitPrice, ...fields } =
    wish;
  return {
    recordId: `rec-${made}`,
    customerId: 'cus_1',
    partnerId: 'par_1',
    associationType: 'reseller',
    billType: 'expenditure',
    billingMode: 'pay-per-use',
    productType: 'Elastic Cloud Server',
    productTypeCode: 'ecs',
    productName: 'General computing',
    productId: 'p-1',
    orderId: `order-${made}`,
    spotInstance: false,
    currency: 'USD',
    settlementClass: 'common',
    source: 'platform',
    payment: { discount: ZERO, cashPayments: ZERO, couponsUsed: ZERO, monthlySettlement: ZERO },
    billingCycle: month,
    consumptionMonth: month,
    late: false,
    receivedAt: transactionTime,
    transactionTime,
    ...fields,
    listPrice: parseMoney(listPrice ?? '100'),
    ...optional({ usage, packageUsage, reservedInstanceUsage, conversionFactor, linearSize, unitPrice }),
  };
}

const optional = (amounts: Partial<Record<AmountField, string>>): Partial<Record<AmountField, Money>> =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([field, text]) => (text === undefined ? [] : [[field, parseMoney(text)]])),
  );
