import { Refusal } from '../errors.ts';
import type { OperationDefinition, Step } from '../operation.ts';
import { changesSomething } from '../route.ts';

/** Whose resource is it: a stranger's answers like a missing one (CUS-055, ORG-18). */
export const scope = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    const { scope: declared } = definition;
    if (!declared || !event.exchange.actor) return;
    const id = event.pathParameters?.[declared.parameter] ?? '';
    const resource = await declared.load(event.exchange.actor, id, { consistent: changesSomething(definition) });
    if (resource === undefined) throw new Refusal(declared.notFound);
    event.exchange.resource = resource;
  },
});
