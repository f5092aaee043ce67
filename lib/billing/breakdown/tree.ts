import type { BillingMode, BillType } from '#lib/expenditures/index.ts';
import type { Block, Group, GroupFigures } from './breakdown.ts';
import { type Figures, sumFigures } from './figures.ts';

/** Level 4: what was paid for in one way. */
export interface ModeNode {
  readonly billingMode: BillingMode;
  readonly billType: BillType;
  readonly figures: Figures;
}

/** Level 3. */
export interface ResourceNode {
  readonly resourceType?: string;
  readonly resourceTypeCode?: string;
  readonly figures: Figures;
  readonly billingModes: readonly ModeNode[];
}

/** Level 2: a region, what has none, or what was taken back and adjusted (FIN-147). */
export interface BlockNode {
  readonly block: Block;
  readonly region?: string;
  readonly regionCode?: string;
  readonly figures: Figures;
  readonly resourceTypes: readonly ResourceNode[];
}

/** Level 1: a product type of the platform, or a product of the marketplace (FIN-149). */
export interface ProductNode extends Pick<Group, 'source' | 'productType' | 'productTypeCode'> {
  readonly productName?: string;
  readonly serviceProvider?: string;
  readonly figures: Figures;
  readonly blocks: readonly BlockNode[];
}

/** FIN-146: product, region, resource type, billing mode; on each level the largest settlement first. */
export const toTree = (groups: readonly GroupFigures[]): ProductNode[] =>
  level(
    groups,
    ({ source, productType, productTypeCode, productName, serviceProvider }) => ({
      source,
      productType,
      productTypeCode,
      productName,
      serviceProvider,
    }),
    (product, figures, within) => ({ ...product, figures, blocks: toBlocks(within) }),
  );

const toBlocks = (groups: readonly GroupFigures[]): BlockNode[] =>
  level(
    groups,
    ({ block, region, regionCode }) => ({ block, region, regionCode }),
    (block, figures, within) => ({ ...block, figures, resourceTypes: toResources(within) }),
  );

const toResources = (groups: readonly GroupFigures[]): ResourceNode[] =>
  level(
    groups,
    ({ resourceType, resourceTypeCode }) => ({ resourceType, resourceTypeCode }),
    (resource, figures, within) => ({ ...resource, figures, billingModes: toModes(within) }),
  );

const toModes = (groups: readonly GroupFigures[]): ModeNode[] =>
  level(
    groups,
    ({ billingMode, billType }) => ({ billingMode, billType }),
    (mode, figures) => ({ ...mode, figures }),
  );

/** Puts groups together by what `of` names, and the largest settlement first (FIN-146). */
function level<Names extends object, Node extends { readonly figures: Figures }>(
  groups: readonly GroupFigures[],
  of: (group: Group) => Names,
  node: (names: Names, figures: Figures, within: readonly GroupFigures[]) => Node,
): Node[] {
  const together = new Map<string, { readonly names: Names; readonly within: GroupFigures[] }>();
  for (const each of groups) {
    const names = of(each.group);
    const key = JSON.stringify(Object.values(names));
    const known = together.get(key);
    if (known) known.within.push(each);
    else together.set(key, { names, within: [each] });
  }
  return [...together]
    .map(([key, { names, within }]) => ({
      key,
      node: node(names, sumFigures(within.map(({ figures }) => figures)), within),
    }))
    .toSorted((a, b) => byAmount(a.node.figures, b.node.figures) || (a.key < b.key ? -1 : 1))
    .map((each) => each.node);
}

const byAmount = (a: Figures, b: Figures): number =>
  Number(b.settlement > a.settlement) - Number(b.settlement < a.settlement);

/** The groups under one region, those without a region and the others left out; all when none is named. */
export const inRegion = (groups: readonly GroupFigures[], region: string | undefined): readonly GroupFigures[] =>
  region === undefined ? groups : groups.filter(({ group }) => group.region === region || group.regionCode === region);
