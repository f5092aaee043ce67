import { type Money, roundedProduct, sum } from '#lib/shared/money.ts';

export interface TaxComponent {
  /** `VAT`, `CGST`, `SGST`, `IGST` or another. */
  readonly code: string;
  readonly rate: Money;
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
