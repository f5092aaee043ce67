import type { Actor } from '../actor.ts';
import { Refusal, sharedErrors } from '../errors.ts';
import type { OperationDefinition, Step } from '../operation.ts';
import { changesSomething } from '../route.ts';
import { requireStanding } from '../standing.ts';

/** May this actor do this at all (ORG-11, ORG-12)? The partner is loaded where a change or the declaration needs it. */
export const permission = (definition: OperationDefinition): Step => ({
  before: async ({ event: { exchange } }) => {
    const { actor } = exchange;
    if (!actor) return;
    if (!mayCall(definition, actor)) throw new Refusal(sharedErrors.PERMISSION_DENIED);
    if (actor.kind !== 'member') return;
    if (!changesSomething(definition) && !definition.partnerTypes && !definition.partnerGrant) return;
    exchange.standing = await requireStanding(actor.partnerId);
    if (definition.partnerTypes && !definition.partnerTypes.types.includes(exchange.standing.type)) {
      throw new Refusal(definition.partnerTypes.error);
    }
  },
});

/** The declared matrix; the generated permission test reads it too. */
export function mayCall(definition: OperationDefinition, actor: Actor): boolean {
  if (definition.actors === 'anyone') return true;
  if (!definition.actors.includes(actor.kind)) return false;
  return actor.kind !== 'member' || definition.permission === undefined || actor.permissions.has(definition.permission);
}
