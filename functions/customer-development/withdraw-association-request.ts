import * as z from 'zod';
import {
  answerView,
  changeErrors,
  partyOf,
  recordScope,
  requireInitiator,
  toAnswerView,
  withdrawRequest,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'withdraw-association-request',
  summary: 'Takes back a request that the other side has not answered; its cool-down goes on.',
  rules: 'ORD-24, ORD-32, ORD-33',
  route: 'POST /v1/association-records/{recordId}/withdrawal',
  actors: ['member', 'customer'],
  permission: 'customer.association',
  scope: recordScope,
  path: z.object({ recordId: idParam }),
  response: answerView,
  errors: [changeErrors.NOT_INITIATOR, changeErrors.RESELLERS_CUSTOMER, changeErrors.ALREADY_PROCESSED],
  check: ({ resource, actor }) => requireInitiator(resource, partyOf(actor)),
  run: async ({ path, actor, now }) => toAnswerView(actor, await withdrawRequest(path.recordId, partyOf(actor), now)),
});
