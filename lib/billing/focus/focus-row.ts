import { isOrder } from '#lib/expenditures/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { exactText, type Money, sum } from '#lib/shared/money.ts';
import {
  type BillingMonth,
  epochMs,
  type Instant,
  instantOfEpochMs,
  monthStart,
  nextMonth,
  plus,
} from '#lib/shared/time.ts';
import type { IssuedBill } from '../debt.ts';
import type { BillLine } from '../line.ts';
import { settlementDiscountText, settlementTypeOf } from '../settlement.ts';
import type { FocusRow } from './columns.ts';
import { toCommitmentColumns } from './commitment.ts';
import { type Pricing, pricingOf, toPricingColumns } from './pricing.ts';
import { serviceCategoryOf, subcategoryOf } from './service-category.ts';

/** Who provides and bills; what a marketplace product is published by stands on its line. */
const PROVIDER = 'Cloud Platform';

/** What a row needs beside its line. */
export interface FocusFacts {
  /** The platform account of the customer; ids are never anonymised (FIN-05). */
  readonly accountId: string;
  /** Takes back a charge of a bill issued before. */
  readonly corrects: boolean;
}

/** A line of a bill. What the partner owes for it, before tax, is the billed cost; names are anonymised (FIN-159). */
export function lineToRow(bill: IssuedBill, line: BillLine, facts: FocusFacts): FocusRow {
  const { charge, settlement, amounts } = line;
  const category = categoryOf(line);
  const adjusts = category === 'Adjustment';
  const pricing = pricingOf(line);
  const commitment = toCommitmentColumns(line, category, pricing);
  const service = serviceCategoryOf(charge.productType, charge.productTypeCode);
  const billed = costText(amounts.taxExclusiveDue);
  return {
    ...toBillColumns(bill),
    BilledCost: billed,
    ChargeCategory: category,
    ChargeClass: facts.corrects ? 'Correction' : undefined,
    ChargeDescription: charge.productName,
    ChargeFrequency: frequencyOf(line, category),
    ...toPeriod(line),
    ...commitment,
    ...(category === 'Usage' ? toConsumed(line, pricing) : {}),
    ContractedCost: costText(settlement.amount),
    // A commitment is paid for now and used later.
    EffectiveCost: category === 'Purchase' && commitment.CommitmentDiscountId ? '0' : billed,
    ListCost: costText(charge.listPrice),
    PricingCategory: adjusts ? undefined : pricingCategoryOf(line, category, commitment),
    ...(adjusts ? {} : toPricingColumns(pricing)),
    PublisherName: charge.serviceProvider ?? PROVIDER,
    RegionId: charge.regionCode ?? charge.region,
    RegionName: charge.region ?? charge.regionCode,
    ResourceId: charge.resourceId,
    ResourceType: charge.resourceId === undefined ? undefined : (charge.resourceType ?? charge.productType),
    ServiceCategory: service,
    ServiceName: charge.productType,
    ServiceSubcategory: subcategoryOf(service),
    SkuId: charge.productId,
    SkuMeter: charge.billingItemName,
    SkuPriceId: charge.billingItemCode ? `${charge.productId}:${charge.billingItemCode}` : charge.productId,
    SubAccountId: facts.accountId,
    SubAccountName: maskName(line.names.accountName),
    SubAccountType: 'Customer',
    x_BillingMode: charge.billingMode,
    x_CouponsUsed: costText(amounts.couponsUsed),
    x_CustomerId: charge.customerId,
    x_OrderId: charge.orderId,
    x_RecordId: charge.recordId,
    x_SettlementDiscount: settlementDiscountText(settlement.basis),
    x_SettlementType: settlementTypeOf(charge, settlement.basis),
  };
}

/** A tax component of the whole bill: with the lines it makes the bill's exact amount. */
export function taxToRow(bill: IssuedBill, code: string, amount: Money): FocusRow {
  const cost = costText(amount);
  const { BillingPeriodEnd, BillingPeriodStart, ...rest } = toBillColumns(bill);
  return {
    ...rest,
    BillingPeriodEnd,
    BillingPeriodStart,
    ...{ BilledCost: cost, ContractedCost: cost, EffectiveCost: cost, ListCost: cost },
    ChargeCategory: 'Tax',
    ChargeDescription: code,
    ChargeFrequency: 'One-Time',
    ChargePeriodEnd: BillingPeriodEnd,
    ChargePeriodStart: BillingPeriodStart,
    PublisherName: PROVIDER,
    ServiceCategory: 'Other',
    ServiceName: 'Tax',
    ServiceSubcategory: subcategoryOf('Other'),
    x_RecordId: `tax:${bill.billId}:${code}`,
  };
}

const toBillColumns = (bill: IssuedBill): FocusRow => ({
  BillingAccountId: bill.partnerId,
  BillingAccountName: bill.terms.partnerName,
  BillingAccountType: 'Partner',
  BillingCurrency: bill.currency,
  BillingPeriodEnd: timeText(monthStart(nextMonth(bill.cycle as BillingMonth))),
  BillingPeriodStart: timeText(monthStart(bill.cycle as BillingMonth)),
  InvoiceId: bill.debt.invoiceNos.at(-1),
  InvoiceIssuerName: PROVIDER,
  ProviderName: PROVIDER,
  x_BillId: bill.billId,
});

function categoryOf({ charge }: BillLine): 'Usage' | 'Purchase' | 'Adjustment' {
  if (charge.billType === 'adjustment') return 'Adjustment';
  return isOrder(charge) ? 'Purchase' : 'Usage';
}

/** A subscription comes again with its renewal; commitments are bought once. */
function frequencyOf({ charge }: BillLine, category: string): string {
  if (category === 'Usage') return 'Usage-Based';
  return category === 'Purchase' && charge.billingMode === 'yearly-monthly' ? 'Recurring' : 'One-Time';
}

function pricingCategoryOf({ charge }: BillLine, category: string, commitment: FocusRow): string {
  if (category === 'Usage' && commitment.CommitmentDiscountId) return 'Committed';
  return charge.spotInstance ? 'Dynamic' : 'Standard';
}

/** What is bought counts at the instant of its payment, as on the bill (FIN-09); usage in the interval that it took. */
function toPeriod({ charge }: BillLine): FocusRow {
  const { spentFrom, spentTo, transactionTime } = charge;
  if (isOrder(charge) || spentFrom === undefined || spentTo === undefined) {
    const start = timeText(transactionTime);
    return { ChargePeriodStart: start, ChargePeriodEnd: timeText(plus(transactionTime, { seconds: 1 })) };
  }
  return { ChargePeriodStart: timeText(spentFrom), ChargePeriodEnd: timeText(fullSecond(spentTo)) };
}

/** The format has no fractions of seconds; an end that was rounded down could fall into the month before. */
const fullSecond = (time: Instant): Instant => instantOfEpochMs(Math.ceil(epochMs(time) / 1000) * 1000);
const timeText = (time: Instant): string => `${time.slice(0, 19)}Z`;

/** All usage of the line, also what a package or a commitment covered (FIN-29). */
function toConsumed({ charge }: BillLine, pricing: Pricing): FocusRow {
  const given = [charge.usage, charge.packageUsage, charge.reservedInstanceUsage].filter((each) => each !== undefined);
  if (given.length === 0 || charge.usageUnit === undefined)
    return { ConsumedQuantity: exactText(pricing.quantity, 0), ConsumedUnit: pricing.unit };
  return { ConsumedQuantity: exactText(sum(given), 0), ConsumedUnit: charge.usageUnit };
}

const costText = (amount: Money): string => exactText(amount, 0);
