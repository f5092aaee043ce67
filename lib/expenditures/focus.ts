/** The FinOps FOCUS 1.0 format (docs/spec/focus-mapping.md): which columns are read, and what they say of a charge. */

/** Without these a line is no charge of anybody; the file is refused when one is missing. */
export const REQUIRED_COLUMNS = [
  'Id',
  'SubAccountId',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ListCost',
  'ServiceName',
  'SkuId',
] as const;

const OPTIONAL_COLUMNS = [
  'ChargeDescription',
  'ChargeFrequency',
  'CommitmentDiscountType',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceType',
  'SkuPriceId',
] as const;

type Column = (typeof REQUIRED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];
type FocusLine = Readonly<Partial<Record<Column, string>>>;

/** FOCUS wants own columns to begin with `x_`; our export keeps to that, other systems deliver `Id`. */
const columnOf = (title: string): string => (title === 'x_RecordId' ? 'Id' : title);

/** What is wrong with the header, `undefined` when it can be read. */
export function headerProblem(titles: readonly string[]): string | undefined {
  const header = titles.map(columnOf);
  const missing = REQUIRED_COLUMNS.filter((column) => !header.includes(column));
  const twice = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS].filter((column) => isTwice(header, column));
  if (missing.length > 0) return `The first line lacks the FOCUS 1.0 columns ${missing.join(', ')}.`;
  if (twice.length > 0) return `The first line has the columns ${twice.join(', ')} twice.`;
  return undefined;
}

/** The line as a record in the form of `POST /v1/expenditures`; `undefined` for tax, which expenditure excludes (CUS-101, ORD-129). */
export function chargeOfLine(header: readonly string[], fields: readonly string[]): object | undefined {
  const line = toLine(header, fields);
  if (line.ChargeCategory === 'Tax') return undefined;
  const mode = modeOf(line);
  return {
    recordId: line.Id,
    accountId: line.SubAccountId,
    billType: billTypeOf(line),
    ...mode,
    ...productOf(line),
    orderId: line.Id,
    ...amountsOf(line),
    settlementClass: 'common',
    spotInstance: line.PricingCategory === 'Dynamic',
    spentFrom: timeOf(line.ChargePeriodStart),
    spentTo: timeOf(line.ChargePeriodEnd),
    // FIN-09: what is bought counts when it is paid, and the beginning of its period is the only time that the format gives.
    transactionTime: 'orderType' in mode ? timeOf(line.ChargePeriodStart) : undefined,
    serviceProvider: line.PublisherName,
  };
}

function productOf(line: FocusLine): object {
  return {
    productType: line.ServiceName,
    productTypeCode: line.ServiceName && codeOf(line.ServiceName),
    productName: (line.ChargeDescription ?? line.SkuId ?? line.ServiceName)?.slice(0, 512),
    productId: line.SkuId ?? line.SkuPriceId ?? (line.ServiceName && codeOf(line.ServiceName)),
    resourceType: line.ResourceType,
    resourceId: line.ResourceId,
    region: line.RegionName ?? line.RegionId,
    regionCode: line.RegionId,
    billingItemCode: line.SkuPriceId,
  };
}

function amountsOf(line: FocusLine): object {
  const usage = decimalOf(line.PricingQuantity);
  return {
    listPrice: decimalOf(line.ListCost),
    currency: line.BillingCurrency,
    unitPrice: decimalOf(line.ListUnitPrice),
    priceUnit: line.PricingUnit,
    usage,
    usageUnit: line.PricingUnit,
    pricingUnit: line.PricingUnit,
    conversionFactor: usage === undefined ? undefined : '1', // FOCUS gives the quantity in pricing units
  };
}

/** Usage and purchases are expenditures, or refunds when negative; credits and adjustments are adjustments with either sign. */
function billTypeOf({ ChargeCategory: category, ListCost: cost }: FocusLine): string | undefined {
  if (category === 'Credit' || category === 'Adjustment') return 'adjustment';
  if (category !== 'Usage' && category !== 'Purchase') return category; // refused as it stands
  return cost?.startsWith('-') && /[1-9]/.test(cost) ? 'refund' : 'expenditure';
}

/** Commitments are named by their type; a one-time or recurring purchase of anything else is a subscription. */
function modeOf(line: FocusLine): { readonly billingMode: string; readonly orderType?: string } {
  const { ChargeCategory: category, ChargeFrequency: frequency, CommitmentDiscountType: commitment = '' } = line;
  const once = category === 'Purchase' && frequency?.toLowerCase() === 'one-time';
  const bought = { orderType: line.ListCost?.startsWith('-') ? 'unsubscription' : 'new-purchase' };
  if (/savings ?plan/i.test(commitment)) return { billingMode: 'savings-plan', ...(once ? bought : {}) };
  if (/reserv/i.test(commitment)) {
    return once ? { billingMode: 'reserved-instance-upfront', ...bought } : { billingMode: 'reserved-instance-hourly' };
  }
  return category === 'Purchase' ? { billingMode: 'yearly-monthly', ...bought } : { billingMode: 'pay-per-use' };
}

/** The columns that are read; `NULL` and nothing at all both mean that there is no value. */
function toLine(header: readonly string[], fields: readonly string[]): FocusLine {
  const entries = header.map((title, i): [string, string] => [columnOf(title), fields[i]?.trim() ?? '']);
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== 'NULL'));
}

/** `2024-09-18 23:00:00` or RFC 3339; both are UTC in this format. */
const timeOf = (text: string | undefined): string | undefined =>
  text?.replace(/^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.0+)?Z?$/, '$1T$2Z');

/**
 * A number as the format allows it, as a plain decimal: `35.2E-7` is 0.00000352, zeros beyond the twelfth decimal say nothing.
 * Anything else is left for the record's form to refuse.
 */
export function decimalOf(text: string | undefined): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text ?? '');
  if (!match) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return text;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const before = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const after = (point < 0 ? '0'.repeat(-point) : '') + digits.slice(Math.max(point, 0));
  const decimals = after.replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${before.replace(/^0+(?=\d)/, '')}${decimals ? `.${decimals}` : ''}`;
}

const codeOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const isTwice = (header: readonly string[], column: string): boolean =>
  header.indexOf(column) !== header.lastIndexOf(column);
