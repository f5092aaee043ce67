import { type BillingMode, type BillType, type OrderType, restoresCoupons } from '#lib/expenditures/index.ts';
import { exactText, fixedText, type Money, roundHalfUp } from '#lib/shared/money.ts';
import { businessTime } from './business-time.ts';
import type { BillLine } from './line.ts';
import { settlementDiscountText, settlementTypeOf } from './settlement.ts';
import { inPricingUnits, ratioText, usageDaysRatio } from './usage.ts';

/** One of the 56 columns of a bill line: its title in files, its field in the API, and what it says of a line. */
export interface Column {
  readonly title: string;
  readonly field: string;
  readonly of: (line: BillLine) => string | undefined;
}

const BILL_TYPE: Record<BillType, string> = { expenditure: 'Expenditure', refund: 'Refund', adjustment: 'Adjustment' };

const BILLING_MODE: Record<BillingMode, string> = {
  'pay-per-use': 'Pay-per-use',
  'yearly-monthly': 'Yearly/monthly',
  'reserved-instance-upfront': 'Reserved instance-upfront payment',
  'reserved-instance-hourly': 'Reserved instance-hourly billing',
  'savings-plan': 'Savings Plans',
};

const ORDER_TYPE: Record<OrderType, string> = {
  'new-purchase': 'New purchase',
  renewal: 'Renewal',
  change: 'Change',
  unsubscription: 'Unsubscription',
  'price-adjustment': 'Price adjustment',
};

const column = (title: string, field: string, of: Column['of']): Column => ({ title, field, of });
const whole = (value: number | undefined): string | undefined => value?.toString();
/** At most 10 decimals. */
const quantity = (value: Money | undefined): string | undefined =>
  value === undefined ? undefined : exactText(roundHalfUp(value, 10), 0);
const amount = (value: Money): string => fixedText(value, 8); // FIN-40, FIN-42

/** The columns in the order of the exported file. Names are in clear here; who shows them masks them. */
export const COLUMNS: readonly Column[] = [
  column('Customer ID', 'customerId', ({ charge }) => charge.customerId),
  column('Billing Cycle', 'cycle', ({ cycle }) => cycle),
  column('Customer Name', 'customerName', ({ names }) => names.customerName),
  column('Account Name', 'accountName', ({ names }) => names.accountName),
  column('Partner ID', 'partnerId', ({ charge }) => charge.resellerId ?? charge.partnerId), // FIN-13
  column('Partner Name', 'partnerName', ({ names }) => names.partnerName),
  column('Partner Account Name', 'partnerAccountName', ({ names }) => names.partnerAccountName),
  column('Bill Type', 'billType', ({ charge }) => BILL_TYPE[charge.billType]),
  column('Billing Mode', 'billingMode', ({ charge }) => BILLING_MODE[charge.billingMode]),
  column('Product Type', 'productType', ({ charge }) => charge.productType),
  column('Product Type Code', 'productTypeCode', ({ charge }) => charge.productTypeCode),
  column('Product Name', 'productName', ({ charge }) => charge.productName),
  column('Product ID', 'productId', ({ charge }) => charge.productId),
  column('Application', 'application', ({ charge }) => charge.application),
  column('Specifications', 'specifications', ({ charge }) => charge.specifications),
  column('Resource Type', 'resourceType', ({ charge }) => charge.resourceType),
  column('Resource Type Code', 'resourceTypeCode', ({ charge }) => charge.resourceTypeCode),
  column('Region', 'region', ({ charge }) => charge.region),
  column('Cloud Service Region Code', 'regionCode', ({ charge }) => charge.regionCode),
  column('Order ID/Transaction ID', 'orderId', ({ charge }) => charge.orderId),
  column('Original Order ID', 'originalOrderId', ({ charge }) => charge.originalOrderId),
  column('Transaction Time', 'transactionTime', ({ charge }) => businessTime(charge.transactionTime)),
  column('Order Type', 'orderType', ({ charge }) => charge.orderType && ORDER_TYPE[charge.orderType]),
  column('Number of Terms', 'numberOfTerms', ({ charge }) => whole(charge.numberOfTerms)),
  column('Term Unit', 'termUnit', ({ charge }) => charge.termUnit),
  column('Whether a Spot Instance', 'spotInstance', ({ charge }) => (charge.spotInstance ? 'Y' : 'N')),
  column('Billing Item Code', 'billingItemCode', ({ charge }) => charge.billingItemCode),
  column('Billing Item Name', 'billingItemName', ({ charge }) => charge.billingItemName),
  column('Unit Price (USD)', 'unitPrice', ({ charge }) => quantity(charge.unitPrice)),
  column('Unit', 'priceUnit', ({ charge }) => charge.priceUnit),
  column('Usage', 'usage', ({ charge }) => quantity(charge.usage)),
  column('Usage Unit', 'usageUnit', ({ charge }) => charge.usageUnit),
  column('Package Usage', 'packageUsage', ({ charge }) => quantity(charge.packageUsage)),
  column('Unit (Package Usage)', 'packageUsageUnit', ({ charge }) => charge.packageUsageUnit),
  column('Reserved Instance Usage', 'reservedInstanceUsage', ({ charge }) => quantity(charge.reservedInstanceUsage)),
  column(
    'Unit (Reserved Instance Usage)',
    'reservedInstanceUsageUnit',
    ({ charge }) => charge.reservedInstanceUsageUnit,
  ),
  column('Customer Expenditure (USD)', 'expenditure', ({ charge }) => amount(charge.listPrice)),
  column('Settlement Type', 'settlementType', ({ charge, settlement }) => settlementTypeOf(charge, settlement.basis)),
  column('Settlement Discount', 'settlementDiscount', ({ settlement }) => settlementDiscountText(settlement.basis)),
  column('Payment (USD)', 'settlementAmount', ({ settlement }) => amount(settlement.amount)),
  column('Coupons Used (USD)', 'couponsUsed', ({ amounts }) => amount(amounts.couponsUsed)),
  column('Whether to Refund Coupons', 'restoresCoupons', ({ charge }) =>
    charge.billType === 'refund' ? (restoresCoupons(charge) ? 'Yes' : 'No') : undefined,
  ),
  column('Tax-Exclusive Amount Due (USD)', 'taxExclusiveDue', ({ amounts }) => amount(amounts.taxExclusiveDue)),
  column('Tax Amount', 'tax', ({ amounts }) => amount(amounts.tax.total)),
  column('Amount Due (USD)', 'due', ({ amounts }) => amount(amounts.due)),
  column('Usage Days/Total', 'usageDaysRatio', ({ charge }) => {
    const ratio = usageDaysRatio(charge);
    return ratio && ratioText(ratio);
  }),
  column('Quantity', 'quantity', ({ charge }) => whole(charge.quantity)),
  column('RI Hours Purchased', 'reservedHours', ({ charge }) => quantity(charge.reservedHours)),
  column('Unsubscription Reason', 'unsubscriptionReason', ({ charge }) => charge.unsubscriptionReason),
  column('Total Usage (Pricing Unit)', 'totalPricingUsage', ({ charge }) => quantity(inPricingUnits(charge).total)),
  column('Usage Unit (for Pricing)', 'pricingUnit', ({ charge }) => charge.pricingUnit),
  column('Package Usage (Pricing Unit)', 'packagePricingUsage', ({ charge }) =>
    quantity(inPricingUnits(charge).package),
  ),
  column('Usage in Reserved Instances (Pricing Unit)', 'reservedInstancePricingUsage', ({ charge }) =>
    quantity(inPricingUnits(charge).reservedInstance),
  ),
  column('Conversion Factor', 'conversionFactor', ({ charge }) => quantity(charge.conversionFactor)),
  column('Start Time', 'startTime', ({ charge }) => charge.spentFrom && businessTime(charge.spentFrom)),
  column('End Time', 'endTime', ({ charge }) => charge.spentTo && businessTime(charge.spentTo)),
];
