import type { OperationDefinition, Step } from '../operation.ts';
import { toInput } from './run.ts';

/**
 * The rules that are judged before a code is asked for (ORG-173). They may look at what the operation itself changes, so they come after
 * the idempotency key: a repeated request is answered, not judged again (ORD-07).
 */
export const check = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    await definition.check?.(toInput(event.exchange));
  },
});
