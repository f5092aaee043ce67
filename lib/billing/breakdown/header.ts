import type { BillType } from '#lib/expenditures/index.ts';
import type { CustomerFigures, GroupFigures } from './breakdown.ts';
import { countFigures, type Figures, type RunningFigures, startFigures, sumFigures } from './figures.ts';

/** What the products of one source come to, by bill type. */
export type SourceFigures = Readonly<Record<BillType, Figures>>;

/** What stands above a breakdown. FIN-145: both sources together are the bill. */
export interface Header {
  readonly products: number;
  readonly customers: number;
  readonly platform: SourceFigures;
  readonly marketplace: SourceFigures;
  /** Customers with the largest settlement, the largest first; for pages that do not show all. */
  readonly largest: readonly CustomerFigures[];
}

const LARGEST = 25;

export const sumOf = (source: SourceFigures): Figures => sumFigures(Object.values(source));

export const totalOf = ({ platform, marketplace }: Pick<Header, 'platform' | 'marketplace'>): Figures =>
  sumFigures([sumOf(platform), sumOf(marketplace)]);

export function sourcesOf(groups: readonly GroupFigures[]): Pick<Header, 'platform' | 'marketplace'> {
  const sources = { platform: startSource(), marketplace: startSource() };
  for (const { group, figures } of groups) countFigures(sources[group.source][group.billType], figures);
  return sources;
}

const startSource = (): Record<BillType, RunningFigures> => ({
  expenditure: startFigures(),
  refund: startFigures(),
  adjustment: startFigures(),
});

/** The largest of those known so far and some more. */
export const largestOf = (customers: readonly CustomerFigures[]): CustomerFigures[] =>
  customers.toSorted((a, b) => bySettlement(a, b) || (a.customerId < b.customerId ? -1 : 1)).slice(0, LARGEST);

const bySettlement = ({ figures: a }: CustomerFigures, { figures: b }: CustomerFigures): number =>
  Number(b.settlement > a.settlement) - Number(b.settlement < a.settlement);
