import type { PartnerStanding, PartnerType } from '#lib/shared/standing.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';

/** A currency that the partner chose, for the bills of a cycle and those after it (FIN-49). */
export interface CurrencyChoice {
  readonly currency: string;
  readonly fromCycle: BillingMonth;
}

/** A partner's profile. What the gate needs (type, status, grants) stands apart, in the partner's standing. */
export interface Partner {
  readonly partnerId: string;
  readonly type: PartnerType;
  readonly companyName: string;
  readonly accountName: string;
  /** Set for a reseller: the tier-1 partner it belongs to. */
  readonly distributorId?: string;
  /** The approved registration address decides the tax rule (FIN-38). */
  readonly registrationArea: { readonly countryRegion: string; readonly stateProvince?: string };
  /** From the registration; printed on invoices, changed by operators alone (FIN-114). */
  readonly taxId?: string;
  /** Without a number and an address the partner cannot pre-register (DEV-21). */
  readonly contact: { readonly name: string; readonly email?: string; readonly mobileNumber?: string };
  readonly financialContact?: { readonly name: string; readonly email: string };
  readonly language: string;
  readonly timeZone: string;
  /** Of its registration; holds until the first of its own choices does. */
  readonly paymentCurrency: string;
  /** Oldest first; none before the partner has set its payment currency (FIN-99). */
  readonly currencyChoices?: readonly CurrencyChoice[];
  /** The platform's entity that it has its contract with, by country; decides on online payment (FIN-72). */
  readonly contractingEntity?: string;
  /** Days from the issue of a bill to its due day, where they are not the usual ones (FIN-162). */
  readonly paymentDays?: number;
  /** SMS for budget alerts, message type `finance.partner-budget` (CUS-116). */
  readonly budgetSmsEnabled: boolean;
  readonly registeredAt: Instant;
  readonly version: number;
}

export type PartnerWish = Omit<Partner, 'partnerId' | 'registeredAt' | 'version'>;

/** A partner as registered: its profile and its standing, written together. */
export function registerPartner(
  partnerId: string,
  wish: PartnerWish,
  now: Instant,
): { partner: Partner; standing: PartnerStanding } {
  const partner: Partner = { ...wish, partnerId, registeredAt: now, version: 1 };
  const standing: PartnerStanding = {
    partnerId,
    type: wish.type,
    status: 'active',
    distributorId: wish.distributorId,
    verificationEnabled: false, // ORG-170: off by default
    grants: wish.type === 'distributor' ? [] : ['customer-development'], // DEV-22
    version: 1,
  };
  return { partner, standing };
}

/** FIN-01: the platform settles with tier-1 partners alone. */
export const isBilled = (type: PartnerType): boolean => type !== 'reseller';
