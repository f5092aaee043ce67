import * as z from 'zod';
import { changeErrors, endForCustomer, recordView, toRecordView } from '#lib/customer-development/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'end-referral-association',
  summary: 'Ends the association of a referral customer that wants to leave its partner.',
  rules: 'ORD-34',
  route: 'POST /v1/customers/{customerId}/association/end',
  actors: ['operator'],
  scope: customerScope,
  customerTrace: 'applyUnbindOrSwitchCooperation',
  path: z.object({ customerId: idParam }),
  body: z.object({ reason: z.string().meta({ description: '1 to 256 characters' }) }),
  response: recordView,
  status: 201,
  errors: [changeErrors.NOT_ASSOCIATED, changeErrors.WRONG_ASSOCIATION_TYPE, changeErrors.REASON_REQUIRED],
  run: async ({ path, body, actor, now }) =>
    toRecordView(await endForCustomer(path.customerId, body.reason, actor.id, now)),
});
