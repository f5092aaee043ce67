import { Refusal, sharedErrors } from '../errors.ts';
import { loadActor } from '../identities.ts';
import type { OperationDefinition, Step } from '../operation.ts';
import { changesSomething } from '../route.ts';

/** Who calls: the subject that the authorizer verified, loaded from the tables. */
export const caller = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    if (definition.actors === 'anyone') return;
    const subject = event.requestContext.authorizer?.lambda?.subject;
    if (!subject) throw new Refusal(sharedErrors.UNAUTHENTICATED);
    const actor = await loadActor(subject, {
      consistent: changesSomething(definition),
      unknown: definition.actors.includes('account') ? 'account' : 'refused',
    });
    event.exchange.actor = actor;
    event.exchange.call.actor = actor;
  },
});
