import type { PartnerType } from './standing.ts';

export type Channel = 'sms' | 'email';

/** ORG-178: the registry of critical operations, complete. `enabled` = only when the partner's function is on; `always` = regardless. */
export const CRITICAL_OPERATIONS = {
  'freeze-unfreeze': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'set-monthly-budget': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'set-one-time-budget': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'set-customer-discount': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor'] },
  'adjust-order-price': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor'] },
  'set-customer-notification-templates': { policy: 'enabled', partnerTypes: ['solution-provider'] },
  'set-customer-bill-permission': { policy: 'enabled', partnerTypes: ['solution-provider'] },
  'request-disassociation': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'answer-disassociation': { policy: 'enabled', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'withdraw-reseller-budget-permission': { policy: 'always', partnerTypes: ['distributor'] },
  'grant-reseller-budget-permission': { policy: 'enabled', partnerTypes: ['distributor'] },
  'set-reseller-act-on-behalf': { policy: 'always', partnerTypes: ['distributor'] },
  'disable-verification-function': { policy: 'always', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'change-own-credentials': { policy: 'always', partnerTypes: ['solution-provider', 'distributor', 'reseller'] },
  'switch-to-reseller': { policy: 'always', partnerTypes: ['solution-provider'] },
  'register-account': { policy: 'always', partnerTypes: [] },
  'customer-request-disassociation': { policy: 'always', partnerTypes: [], channels: ['sms'] }, // ORD-28
  'customer-accept-authorization': { policy: 'always', partnerTypes: [] },
  'customer-revoke-authorization': { policy: 'always', partnerTypes: [] },
} as const satisfies Record<string, Entry>;

interface Entry {
  readonly policy: 'enabled' | 'always';
  /** Partners whose members may be asked; none where a customer is. */
  readonly partnerTypes: readonly PartnerType[];
  /** The ways in which a code may be sent, where not every one may. */
  readonly channels?: readonly Channel[];
}

export type CriticalOperation = keyof typeof CRITICAL_OPERATIONS;

/** ORG-176: only a person of a partner or a customer is asked; ORG-170: `enabled` follows the partner's switch. */
export function needsCode(operation: CriticalOperation, actorKind: string, verificationEnabled: boolean): boolean {
  if (actorKind !== 'member' && actorKind !== 'customer') return false;
  return CRITICAL_OPERATIONS[operation].policy === 'always' || verificationEnabled;
}

/** May the code of this operation be sent this way (ORG-172)? */
export function allowsChannel(operation: CriticalOperation, channel: Channel): boolean {
  const entry: Entry = CRITICAL_OPERATIONS[operation];
  return entry.channels === undefined || entry.channels.includes(channel);
}

export const isCriticalOperation = (key: string): key is CriticalOperation => Object.hasOwn(CRITICAL_OPERATIONS, key);
