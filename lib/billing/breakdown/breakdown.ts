import type { BillingMode, BillType } from '#lib/expenditures/index.ts';
import type { BilledCharge, BillLine, LineAmounts } from '../line.ts';
import { countFigures, countLine, type Figures, type RunningFigures, startFigures } from './figures.ts';

/** FIN-147: what has a region, what has none, and what was taken back or adjusted are three things, though a screen may call two of them alike (FIN-175). */
export type Block = 'region' | 'region-less' | 'others';

/** Where a line is in the view by product (FIN-146). */
export interface Group {
  readonly source: BilledCharge['source'];
  readonly productType: string;
  readonly productTypeCode: string;
  /** Marketplace products stand for themselves, with who provides them (FIN-149). */
  readonly productName?: string;
  readonly serviceProvider?: string;
  readonly block: Block;
  readonly region?: string;
  readonly regionCode?: string;
  readonly resourceType?: string;
  readonly resourceTypeCode?: string;
  readonly billingMode: BillingMode;
  readonly billType: BillType;
}

export interface GroupFigures {
  readonly group: Group;
  readonly figures: Figures;
}

export interface CustomerFigures {
  readonly customerId: string;
  /** As on the lines of an issued bill; an estimate does without. */
  readonly accountName?: string;
  readonly customerName?: string;
  readonly figures: Figures;
}

/** Lines added up by product and by customer. */
export interface Breakdown {
  readonly groups: readonly GroupFigures[];
  readonly customers: readonly CustomerFigures[];
}

function groupOf(charge: BilledCharge): Group {
  const block = blockOf(charge);
  const market = charge.source === 'marketplace';
  return {
    source: charge.source,
    productType: charge.productType,
    productTypeCode: charge.productTypeCode,
    productName: market ? charge.productName : undefined,
    serviceProvider: market ? charge.serviceProvider : undefined,
    block,
    region: block === 'region' ? (charge.region ?? charge.regionCode) : undefined,
    regionCode: block === 'region' ? charge.regionCode : undefined,
    resourceType: charge.resourceType,
    resourceTypeCode: charge.resourceTypeCode,
    billingMode: charge.billingMode,
    billType: charge.billType,
  };
}

function blockOf({ billType, region, regionCode }: BilledCharge): Block {
  if (billType !== 'expenditure') return 'others';
  return region === undefined && regionCode === undefined ? 'region-less' : 'region';
}

/** Everything that tells a group apart; control characters stand in no name. */
const keyOf = (group: Group): string => Object.values(group).join('\u0000');

type Named = Omit<CustomerFigures, 'figures'>;
type SettledCharge = Pick<BillLine, 'charge' | 'settlement'> & {
  readonly amounts: LineAmounts;
  readonly names?: Pick<BillLine['names'], 'accountName' | 'customerName'>;
};

/** Adds lines, or what others added up, by product and by customer; in any order. */
export function startBreakdown() {
  const groups = new Map<string, { group: Group; figures: RunningFigures }>();
  const customers = new Map<string, Named & { figures: RunningFigures }>();
  const figuresOf = (group: Group): RunningFigures => {
    const key = keyOf(group);
    const known = groups.get(key);
    if (known) return known.figures;
    const figures = startFigures();
    groups.set(key, { group, figures });
    return figures;
  };
  const customerOf = ({ customerId, accountName, customerName }: Named): RunningFigures => {
    const known = customers.get(customerId);
    if (known) return known.figures;
    const figures = startFigures();
    customers.set(customerId, { customerId, accountName, customerName, figures });
    return figures;
  };
  return {
    add({ charge, settlement, amounts, names }: SettledCharge): void {
      const { customerId, listPrice } = charge;
      countLine(figuresOf(groupOf(charge)), listPrice, settlement.amount, amounts);
      countLine(customerOf({ customerId, ...names }), listPrice, settlement.amount, amounts);
    },
    join(more: Partial<Breakdown>): void {
      for (const { group, figures } of more.groups ?? []) countFigures(figuresOf(group), figures);
      for (const customer of more.customers ?? []) countFigures(customerOf(customer), customer.figures);
    },
    result: (): Breakdown => ({ groups: [...groups.values()], customers: [...customers.values()] }),
  };
}
