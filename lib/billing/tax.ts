import { type Money, roundedProduct, sum } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inForceAt, type Validity } from './validity.ts';

export interface TaxComponent {
  /** `VAT`, `CGST`, `SGST`, `IGST` or another. */
  readonly code: string;
  readonly rate: Money;
}

/** The approved registration address decides (FIN-38); a rule of the state goes before one of the country. */
export interface TaxArea {
  readonly countryRegion: string;
  readonly stateProvince?: string;
}

export interface TaxRule extends TaxArea {
  readonly taxRuleId: string;
  /** None: the area has no tax. */
  readonly components: readonly TaxComponent[];
  readonly effectiveFrom: Instant;
  readonly effectiveTo?: Instant;
  readonly createdAt: Instant;
}

export const taxValidityOf = ({ effectiveFrom, effectiveTo }: TaxRule): Validity => ({
  from: effectiveFrom,
  to: effectiveTo,
});

/** The rule of an area in force at a time, of its state if there is one (FIN-38, FIN-39). */
export function taxRuleAt(rules: readonly TaxRule[], area: TaxArea, time: Instant): TaxRule | undefined {
  const inForce = rules.filter(
    (rule) => rule.countryRegion === area.countryRegion && inForceAt(taxValidityOf(rule), time),
  );
  const ofState = inForce.find((rule) => rule.stateProvince !== undefined && rule.stateProvince === area.stateProvince);
  return ofState ?? inForce.find((rule) => rule.stateProvince === undefined);
}

export interface Tax {
  readonly total: Money;
  readonly byComponent: Readonly<Record<string, Money>>;
}

/** FIN-36: each component rounded to 8 decimals before adding; negative on what is paid back. */
export function taxOn(taxExclusive: Money, components: readonly TaxComponent[]): Tax {
  const byComponent = Object.fromEntries(
    components.map(({ code, rate }) => [code, roundedProduct([taxExclusive, rate], 8)]),
  );
  return { total: sum(Object.values(byComponent)), byComponent };
}
