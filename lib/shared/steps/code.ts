import { CRITICAL_OPERATIONS, needsCode } from '../critical.ts';
import { Refusal, sharedErrors } from '../errors.ts';
import type { HttpEvent, OperationDefinition, Step } from '../operation.ts';
import { consumeCode, refuseForCode } from '../verification.ts';
import { toInput } from './run.ts';

/** The step-up check of critical operations (ORG-173 to ORG-178), last before execution. */
export const code = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    const { exchange } = event;
    const { actor, standing } = exchange;
    if (!definition.critical || (actor?.kind !== 'member' && actor?.kind !== 'customer')) return;
    const key =
      typeof definition.critical === 'string'
        ? definition.critical
        : await definition.critical.choose(toInput(exchange));
    if (key === undefined || !needsCode(key, actor.kind, standing?.verificationEnabled === true)) return;
    if (standing && !(CRITICAL_OPERATIONS[key].partnerTypes as readonly string[]).includes(standing.type))
      throw new Refusal(sharedErrors.PARTNER_NOT_ENABLED);
    const requestDigest = exchange.requestDigest ?? '';
    const given = presentedCode(event);
    if (!given) return refuseForCode(actor, key, requestDigest, exchange.call.now);
    await consumeCode({ personId: actor.id, operationKey: key, requestDigest }, given, exchange.call.now);
  },
});

function presentedCode(event: HttpEvent): { challengeId: string; code: string } | undefined {
  const challengeId = event.headers?.['verification-challenge'];
  const given = event.headers?.['verification-code'];
  return challengeId !== undefined && given !== undefined ? { challengeId, code: given } : undefined;
}
