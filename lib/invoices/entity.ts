import type { Partner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';

/** A company of the vendor in whose name invoices are issued; operators keep them as data. */
export interface IssuingEntity {
  /** Also what its invoice numbers begin with: `CSER`. */
  readonly entityId: string;
  readonly legalName: string;
  readonly address: Address;
  readonly taxId: string;
  /** What the tax ID is called there: VAT, GST, RUT, … */
  readonly taxIdLabel: string;
  readonly registrationNumber?: string;
  readonly email?: string;
  /** Countries of registration whose partners it invoices, unless they have a contract with another entity. */
  readonly territories: readonly string[];
  /** Invoices whoever no other entity does. */
  readonly standard: boolean;
  readonly updatedAt: Instant;
  readonly version: number;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly postalCode?: string;
  readonly country: string;
}

export type EntityWish = Omit<IssuingEntity, 'updatedAt' | 'version'>;

/** The entity that invoices a partner: of its contract (FIN-72), of its country, or the standard one. */
export function entityFor(
  entities: readonly IssuingEntity[],
  { contractingEntity, registrationArea }: Pick<Partner, 'contractingEntity' | 'registrationArea'>,
): IssuingEntity | undefined {
  return (
    entities.find(({ address }) => contractingEntity !== undefined && address.country === contractingEntity) ??
    entities.find(({ territories }) => territories.includes(registrationArea.countryRegion)) ??
    entities.find(({ standard }) => standard)
  );
}
