import type { AssociationType } from '#lib/customers/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';

export const BILL_TYPES = ['expenditure', 'refund', 'adjustment'] as const;
export type BillType = (typeof BILL_TYPES)[number];

export const BILLING_MODES = [
  'pay-per-use',
  'yearly-monthly',
  'reserved-instance-upfront',
  'reserved-instance-hourly',
  'savings-plan',
] as const;
export type BillingMode = (typeof BILLING_MODES)[number];

/** The product's own class (FIN-31); a special discount is found by the bill, not delivered. */
export const SETTLEMENT_CLASSES = ['common', 'promotional', 'no-discount'] as const;
export type SettlementClass = (typeof SETTLEMENT_CLASSES)[number];

export const ORDER_TYPES = ['new-purchase', 'renewal', 'change', 'unsubscription', 'price-adjustment'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/**
 * Why an order was unsubscribed, as far as coupons go (FIN-62): it had not taken effect, it was an exception of the order, or it was a
 * renewal whose period had not started. In every other case coupons are not given back.
 */
export const UNSUBSCRIPTION_CASES = ['order-not-in-effect', 'order-exception', 'renewal-not-started', 'other'] as const;
export type UnsubscriptionCase = (typeof UNSUBSCRIPTION_CASES)[number];

/**
 * What the platform rated for one customer, as delivered: amounts, prices and quantities exact (spec note 21). The numbers in
 * comments are the columns of a bill line that a field fills.
 */
export interface Charge {
  /** Unique over all ways in and all time; counts once however often it is delivered (CUS-096). */
  readonly recordId: string;
  readonly customerId: string;
  readonly billType: BillType; // 8
  readonly billingMode: BillingMode; // 9
  readonly productType: string; // 10, the service
  readonly productTypeCode: string; // 11
  readonly productName: string; // 12
  readonly productId: string; // 13
  readonly application?: string; // 14
  readonly specifications?: string; // 15
  readonly resourceType?: string; // 16
  readonly resourceTypeCode?: string; // 17
  readonly resourceId?: string;
  readonly region?: string; // 18, name
  readonly regionCode?: string; // 19
  /** Order of a purchase, transaction of a usage charge. */
  readonly orderId: string; // 20
  readonly originalOrderId?: string; // 21
  /** Payment of an order, end of consumption of usage (FIN-09); the bill's transaction time. */
  readonly transactionTime: Instant; // 22
  /** When rating produced the charge, shortly after the end of consumption (ORD-137). */
  readonly producedAt?: Instant;
  readonly orderType?: OrderType; // 23
  readonly numberOfTerms?: number; // 24
  readonly termUnit?: string; // 25
  readonly spotInstance: boolean; // 26
  readonly billingItemCode?: string; // 27
  readonly billingItemName?: string; // 28
  readonly unitPrice?: Money; // 29
  readonly priceUnit?: string; // 30
  readonly usage?: Money; // 31, without package and reserved-instance usage
  readonly usageUnit?: string; // 32
  readonly packageUsage?: Money; // 33
  readonly packageUsageUnit?: string; // 34
  readonly reservedInstanceUsage?: Money; // 35
  readonly reservedInstanceUsageUnit?: string; // 36
  /** At list price, negative on refunds, signed on adjustments (FIN-21). */
  readonly listPrice: Money; // 37
  readonly currency: string;
  /** Units of the partner's payment currency per unit of `currency`, where the two differ (CUS-254). */
  readonly exchangeRate?: Money;
  readonly settlementClass: SettlementClass; // 38
  /** Of a refund; where it is given it decides column 42. */
  readonly unsubscriptionCase?: UnsubscriptionCase;
  /** The platform's own word, where no case is given. */
  readonly restoresCoupons?: boolean; // 42
  /** Points of days with traffic in the month, for 95th-percentile bandwidth (FIN-27). */
  readonly measuringPoints?: number; // 46
  readonly quantity?: number; // 47
  readonly reservedHours?: Money; // 48
  readonly unsubscriptionReason?: string; // 49
  readonly pricingUnit?: string; // 51, the unit of columns 50, 52 and 53
  /** Usage units per pricing unit (FIN-28). */
  readonly conversionFactor?: Money; // 54
  /** The half-open interval of consumption, or the term of a purchase. */
  readonly spentFrom?: Instant; // 55
  readonly spentTo?: Instant; // 56
  /** Size in the product's specification (FIN-26). */
  readonly linearSize?: Money;
  /** The record that a refund takes back (FIN-33). */
  readonly originalRecordId?: string;
  readonly source: 'platform' | 'marketplace';
  readonly serviceProvider?: string;
  readonly payment: Payment;
}

/** ORD-132: list price − discount = amount due = cash payments + coupons used + monthly settlement. */
export interface Payment {
  readonly discount: Money;
  readonly cashPayments: Money;
  readonly couponsUsed: Money;
  readonly monthlySettlement: Money;
}

/** A charge as stored: to whom it belongs and in which months it counts. Written once, never changed. */
export interface ExpenditureRecord extends Charge {
  /** The tier-1 partner whose customer it was at the time of the charge (ORD-138). */
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly associationType: AssociationType;
  /** The month of the bill it is on: its own, or the next open one when it was late (FIN-09, FIN-14). */
  readonly billingCycle: BillingMonth;
  /** The month whose usage counter it moved: always its own (CUS-091, CUS-097). */
  readonly consumptionMonth: BillingMonth;
  /** Its own month was closed when it arrived. */
  readonly late: boolean;
  readonly receivedAt: Instant;
}
