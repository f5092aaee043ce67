import * as z from 'zod';
import { partnerScope, switchesView, switchGrant, toSwitchesView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'enable-customer-development',
  summary: 'Lets a partner win customers, or no longer; off for a new distributor, on for the others.',
  rules: 'DEV-22',
  route: 'PUT /v1/partners/{partnerId}/customer-development',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({ enabled: z.boolean() }),
  response: switchesView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) => toSwitchesView(await switchGrant(resource, 'customer-development', body.enabled)),
});
