import { getItem } from './dynamodb.ts';
import { Refusal, sharedErrors } from './errors.ts';
import type { Write } from './transaction.ts';

export const PARTNER_TYPES = ['solution-provider', 'distributor', 'reseller'] as const;
export type PartnerType = (typeof PARTNER_TYPES)[number];

/** The rights that an operator or a distributor gives a partner, the first of the two grants of ORG-11. */
export const PARTNER_GRANTS = [
  'customer-development',
  'disassociation',
  'discount',
  'referral-model',
  'budget-and-freeze',
  'act-on-behalf',
] as const;
export type PartnerGrant = (typeof PARTNER_GRANTS)[number];

/** What the gate needs to know of a partner: kept beside the identities, written together with the partner's profile. */
export interface PartnerStanding {
  readonly partnerId: string;
  readonly type: PartnerType;
  readonly status: 'active' | 'frozen' | 'inactive';
  /** Set for a reseller. */
  readonly distributorId?: string;
  /** ORG-170: off by default. */
  readonly verificationEnabled: boolean;
  readonly grants: readonly PartnerGrant[];
  /** Pays in advance, so the reseller model is not open to it (DEV-58). Set by operators. */
  readonly prepaid?: boolean;
  /** ORG-73, a solution-provider's setting: its customers in the reseller model see no bills and costs. Off by default. */
  readonly revokeBillAndCostAccess?: boolean;
  /** FIN-96, CUS-141: more is owed to the platform than the consumption quota allows. */
  readonly quotaExceeded?: boolean;
  readonly version: number;
}

const key = (partnerId: string) => ({ pk: `PARTNER#${partnerId}`, sk: 'STANDING' });

export async function loadStanding(partnerId: string): Promise<PartnerStanding | undefined> {
  const item = await getItem('identities', key(partnerId));
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, ...standing } = item;
  return standing as unknown as PartnerStanding;
}

/** @throws Refusal PARTNER_NOT_FOUND */
export async function requireStanding(partnerId: string): Promise<PartnerStanding> {
  const standing = await loadStanding(partnerId);
  if (!standing) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  return standing;
}

/** Puts a new standing, or replaces the one with version `seen`. */
export function putStanding(standing: PartnerStanding, seen?: number): Write {
  return {
    table: 'identities',
    put: { ...key(standing.partnerId), ...standing, version: (seen ?? 0) + 1 },
    condition: seen === undefined ? 'attribute_not_exists(pk)' : 'version = :seen',
    values: seen === undefined ? undefined : { ':seen': seen },
    onConflict: sharedErrors.VERSION_CONFLICT,
  };
}

/** Joined to a change that a standing allowed, so that a right withdrawn in the meantime stops it. */
export const standingUnchanged = ({ partnerId, version }: PartnerStanding): Write => ({
  table: 'identities',
  check: key(partnerId),
  condition: 'version = :seen',
  values: { ':seen': version },
});
