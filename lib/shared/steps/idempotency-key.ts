import { Refusal, sharedErrors } from '../errors.ts';
import { claimKey, storeAnswer } from '../idempotency.ts';
import type { OperationDefinition, Step } from '../operation.ts';

const KEY_FORM = /^[\x21-\x7e]{1,128}$/;

/** `Idempotency-Key` on a POST: same key and request, same answer (ORD-07); the problem step gives the key back after a refusal. */
export const idempotencyKey = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    const { exchange } = event;
    const given = event.headers?.['idempotency-key'];
    if (given === undefined || !definition.route.startsWith('POST ') || !exchange.actor) return;
    if (!KEY_FORM.test(given)) {
      throw new Refusal(sharedErrors.INPUT_INVALID, {}, [
        { pointer: 'header/Idempotency-Key', detail: 'must be 1 to 128 visible ASCII characters' },
      ]);
    }
    const key = `${exchange.actor.kind}:${exchange.actor.id}:${definition.name}:${given}`;
    const claimed = await claimKey(key, exchange.requestDigest ?? '', exchange.call.requestId, exchange.call.now);
    if ('answer' in claimed) {
      return {
        statusCode: claimed.answer.status,
        headers: {
          'content-type': 'application/json',
          'x-request-id': exchange.call.requestId,
          'idempotent-replayed': 'true',
        },
        body: claimed.answer.body,
      };
    }
    exchange.claim = { key, id: exchange.call.requestId };
    exchange.call.applied = claimed.applied;
  },
  after: async ({ event: { exchange }, response }) => {
    if (!exchange.claim || !response) return;
    await storeAnswer(exchange.claim.key, exchange.claim.id, {
      status: response.statusCode ?? 200,
      body: response.body ?? '',
    });
  },
});
