import * as z from 'zod';
import { partnerScope, switchesView, switchPrepaid, toSwitchesView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-prepaid-partner',
  summary: 'Marks a partner as one that pays in advance, or no longer.',
  rules: 'DEV-58',
  route: 'PUT /v1/partners/{partnerId}/prepaid',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({ prepaid: z.boolean() }),
  response: switchesView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) => toSwitchesView(await switchPrepaid(resource, body.prepaid)),
});
