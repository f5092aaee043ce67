import { Refusal, sharedErrors } from '../errors.ts';
import type { OperationDefinition, Step } from '../operation.ts';

/** The partner's own right, beside the member's permission (ORG-11). */
export const partnerGrant = (definition: OperationDefinition): Step => ({
  before: ({ event: { exchange } }) => {
    if (!definition.partnerGrant || exchange.actor?.kind !== 'member') return;
    const { grant, error } = neededGrant(definition.partnerGrant);
    if (!exchange.standing?.grants.includes(grant)) throw new Refusal(error);
  },
});

/** The right and what its absence is called. */
export const neededGrant = (declared: NonNullable<OperationDefinition['partnerGrant']>) =>
  typeof declared === 'string' ? { grant: declared, error: sharedErrors.PARTNER_NOT_ENABLED } : declared;
