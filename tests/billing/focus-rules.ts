/**
 * The normative requirements of FOCUS 1.2 that a single row, or the file, can be checked against, written down from the specification
 * and knowing nothing of how our rows are made. @see https://focus.finops.org/focus-specification/v1-2/
 */
type Row = Readonly<Record<string, string>>;
type Level = 'mandatory' | 'conditional' | 'recommended';
interface Rule {
  readonly level: Level;
  readonly type: 'string' | 'decimal' | 'time' | 'json';
  readonly nullable: boolean;
  readonly values?: readonly string[];
  readonly notNegative?: boolean;
}

const string = (level: Level, nullable: boolean, values?: readonly string[]): Rule => ({
  level,
  type: 'string',
  nullable,
  values,
});
const decimal = (level: Level, nullable: boolean, notNegative = false): Rule => ({
  level,
  type: 'decimal',
  nullable,
  notNegative,
});
const time: Rule = { level: 'mandatory', type: 'time', nullable: false };
const json: Rule = { level: 'conditional', type: 'json', nullable: true };

const SERVICE_CATEGORIES = [
  ...['AI and Machine Learning', 'Analytics', 'Business Applications', 'Compute', 'Databases', 'Developer Tools'],
  ...['Multicloud', 'Identity', 'Integration', 'Internet of Things', 'Management and Governance', 'Media', 'Migration'],
  ...['Mobile', 'Networking', 'Security', 'Storage', 'Web', 'Other'],
];

/** All columns of the specification: what a provider must deliver, of which type, with which values. */
const COLUMNS: Readonly<Record<string, Rule>> = {
  AvailabilityZone: string('recommended', true),
  BilledCost: decimal('mandatory', false),
  BillingAccountId: string('mandatory', false),
  BillingAccountName: string('mandatory', true),
  BillingAccountType: string('conditional', false),
  BillingCurrency: string('mandatory', false),
  BillingPeriodEnd: time,
  BillingPeriodStart: time,
  CapacityReservationId: string('conditional', true),
  CapacityReservationStatus: string('conditional', true, ['Used', 'Unused']),
  ChargeCategory: string('mandatory', false, ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']),
  ChargeClass: string('mandatory', true, ['Correction']),
  ChargeDescription: string('mandatory', true),
  ChargeFrequency: string('recommended', false, ['One-Time', 'Recurring', 'Usage-Based']),
  ChargePeriodEnd: time,
  ChargePeriodStart: time,
  CommitmentDiscountCategory: string('conditional', true, ['Spend', 'Usage']),
  CommitmentDiscountId: string('conditional', true),
  CommitmentDiscountName: string('conditional', true),
  CommitmentDiscountQuantity: decimal('conditional', true),
  CommitmentDiscountStatus: string('conditional', true, ['Used', 'Unused']),
  CommitmentDiscountType: string('conditional', true),
  CommitmentDiscountUnit: string('conditional', true),
  ConsumedQuantity: decimal('conditional', true),
  ConsumedUnit: string('conditional', true),
  ContractedCost: decimal('mandatory', false),
  ContractedUnitPrice: decimal('conditional', true, true),
  EffectiveCost: decimal('mandatory', false),
  InvoiceId: string('recommended', true),
  InvoiceIssuerName: string('mandatory', false),
  ListCost: decimal('mandatory', false),
  ListUnitPrice: decimal('conditional', true, true),
  PricingCategory: string('conditional', true, ['Standard', 'Dynamic', 'Committed', 'Other']),
  PricingCurrency: string('conditional', true),
  PricingCurrencyContractedUnitPrice: decimal('conditional', true, true),
  PricingCurrencyEffectiveCost: decimal('conditional', true),
  PricingCurrencyListUnitPrice: decimal('conditional', true, true),
  PricingQuantity: decimal('mandatory', true),
  PricingUnit: string('mandatory', true),
  ProviderName: string('mandatory', false),
  PublisherName: string('mandatory', false),
  RegionId: string('conditional', true),
  RegionName: string('conditional', true),
  ResourceId: string('conditional', true),
  ResourceName: string('conditional', true),
  ResourceType: string('conditional', true),
  ServiceCategory: string('mandatory', false, SERVICE_CATEGORIES),
  ServiceName: string('mandatory', false),
  ServiceSubcategory: string(
    'recommended',
    false,
    SERVICE_CATEGORIES.map((each) => `Other (${each})`),
  ),
  SkuId: string('conditional', true),
  SkuMeter: string('conditional', true),
  SkuPriceDetails: json,
  SkuPriceId: string('conditional', true),
  SubAccountId: string('conditional', true),
  SubAccountName: string('conditional', true),
  SubAccountType: string('conditional', true),
  Tags: json,
};

/** Columns that a provider without zones, capacity reservations, virtual currencies and tags need not deliver. */
const NOT_OURS = /^(AvailabilityZone|CapacityReservation|PricingCurrency|Tags)/;
const DECIMAL = /^-?\d+(\.\d+)?(E-?\d+)?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const CUSTOM = /^x_[A-Z][A-Za-z0-9]*$/;

/** What is wrong with the columns of a file. */
export function headerFaults(header: readonly string[]): string[] {
  const required = Object.entries(COLUMNS).filter(([name, { level }]) => level === 'mandatory' || !NOT_OURS.test(name));
  const missing = required.filter(([name]) => !header.includes(name)).map(([name]) => `${name} is missing`);
  const unknown = header.filter((name) => !COLUMNS[name] && !CUSTOM.test(name)).map((name) => `${name} is unknown`);
  const firstOwn = header.findIndex((name) => CUSTOM.test(name));
  const mixed =
    firstOwn >= 0 && header.slice(firstOwn).some((name) => COLUMNS[name]) ? ['own columns are mixed in'] : [];
  const twice = header.length === new Set(header).size ? [] : ['a column is there twice'];
  return [...missing, ...unknown, ...mixed, ...twice];
}

/** What is wrong with a row. */
export const rowFaults = (row: Row): string[] => [...columnFaults(row), ...togetherFaults(row)];

function columnFaults(row: Row): string[] {
  return Object.entries(COLUMNS).flatMap(([name, rule]) => {
    const value = row[name];
    if (value === undefined) return [];
    if (value === '') return rule.nullable ? [] : [`${name} must not be null`];
    if (value.trim() === '') return [`${name} is blank`];
    if (rule.values && !rule.values.includes(value)) return [`${name} must not be ${value}`];
    if (rule.type === 'decimal' && !DECIMAL.test(value)) return [`${name} is no decimal: ${value}`];
    if (rule.notNegative && value.startsWith('-')) return [`${name} must not be below 0`];
    if (rule.type === 'time' && !TIME.test(value)) return [`${name} is no UTC time: ${value}`];
    return [];
  });
}

/** Requirements that join columns. */
function togetherFaults(row: Row): string[] {
  const category = row.ChargeCategory ?? '';
  const corrects = row.ChargeClass === 'Correction';
  const charged = category === 'Usage' || category === 'Purchase';
  const commitment = row.CommitmentDiscountId !== '';
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string) => void (holds || faults.push(fault));
  const isNull = (...names: string[]) => names.every((name) => row[name] === '');
  const isGiven = (...names: string[]) => names.every((name) => row[name] !== '');

  demand(/^[A-Z]{3}$/.test(row.BillingCurrency ?? ''), 'BillingCurrency is no ISO 4217 code');
  demand((row.ChargePeriodStart ?? '') < (row.ChargePeriodEnd ?? ''), 'ChargePeriodEnd is exclusive');
  demand((row.BillingPeriodStart ?? '') < (row.BillingPeriodEnd ?? ''), 'BillingPeriodEnd is exclusive');
  if (category === 'Purchase') demand(row.ChargeFrequency !== 'Usage-Based', 'a purchase is not usage-based');
  if (category === 'Tax')
    demand(
      isNull('SkuId', 'SkuPriceId', 'ListUnitPrice', 'ContractedUnitPrice', 'PricingQuantity', 'PricingCategory'),
      'a tax has no SKU and no price',
    );
  if (charged && !corrects)
    demand(
      isGiven('SkuId', 'SkuPriceId', 'ListUnitPrice', 'ContractedUnitPrice', 'PricingQuantity', 'PricingCategory'),
      'a charge has SKU and price',
    );
  demand(isNull('PricingQuantity') === isNull('PricingUnit'), 'PricingUnit goes with PricingQuantity');
  demand(isNull('ConsumedQuantity') === isNull('ConsumedUnit'), 'ConsumedUnit goes with ConsumedQuantity');
  demand(category === 'Usage' || isNull('ConsumedQuantity'), 'only usage is consumed');
  demand(category !== 'Usage' || corrects || isGiven('ConsumedQuantity'), 'usage is consumed');
  demand(commitment === isGiven('CommitmentDiscountCategory', 'CommitmentDiscountType'), 'a commitment is described');
  demand(commitment || isNull('CommitmentDiscountStatus', 'CommitmentDiscountQuantity'), 'no commitment, no status');
  demand(!(commitment && category === 'Usage') || isGiven('CommitmentDiscountStatus'), 'a used commitment says so');
  demand(!(commitment && charged && !corrects) || isGiven('CommitmentDiscountQuantity'), 'a commitment has a quantity');
  demand(isNull('CommitmentDiscountQuantity') === isNull('CommitmentDiscountUnit'), 'a quantity has its unit');
  demand(!(commitment && category === 'Usage') || row.PricingCategory === 'Committed', 'its price is committed');
  demand(isNull('RegionId') === isNull('RegionName'), 'RegionName goes with RegionId');
  demand(isNull('ResourceId') === isNull('ResourceType'), 'ResourceType goes with ResourceId');
  demand(isNull('SubAccountId') === isNull('SubAccountName'), 'SubAccountName goes with SubAccountId');
  demand(isNull('SubAccountId') === isNull('SubAccountType'), 'SubAccountType goes with SubAccountId');
  demand(row.ServiceSubcategory === `Other (${row.ServiceCategory})`, 'the subcategory is one of its category');
  if (!corrects) {
    demand(product(row, 'ListUnitPrice', 'ListCost'), 'ListUnitPrice × PricingQuantity is not ListCost');
    demand(
      product(row, 'ContractedUnitPrice', 'ContractedCost'),
      'ContractedUnitPrice × PricingQuantity is not ContractedCost',
    );
  }
  if (isNull('ListUnitPrice') && category !== 'Tax') demand(row.ListCost === row.BilledCost, 'ListCost is BilledCost');
  if (isNull('ContractedUnitPrice') && category !== 'Tax')
    demand(row.ContractedCost === row.BilledCost, 'ContractedCost is BilledCost');
  return faults;
}

/** To the eighth decimal, in whole numbers. */
function product(row: Row, price: string, cost: string): boolean {
  if (row[price] === '' || row.PricingQuantity === '') return true;
  const exact = units(row[price] ?? '') * units(row.PricingQuantity ?? '');
  const difference = exact - units(row[cost] ?? '') * 10n ** 12n;
  return (difference < 0n ? -difference : difference) <= 10n ** 16n;
}

const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(12, '0')}`);
};
