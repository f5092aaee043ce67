import { Refusal, sharedErrors } from '../errors.ts';
import type { OperationDefinition, Step } from '../operation.ts';

/** The partner's own right, beside the member's permission (ORG-11). */
export const partnerGrant = (definition: OperationDefinition): Step => ({
  before: ({ event: { exchange } }) => {
    if (!definition.partnerGrant || exchange.actor?.kind !== 'member') return;
    if (!exchange.standing?.grants.includes(definition.partnerGrant))
      throw new Refusal(sharedErrors.PARTNER_NOT_ENABLED);
  },
});
