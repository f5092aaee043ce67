import * as z from 'zod';
import { partnerScope, switchesView, switchGrant, toSwitchesView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'enable-disassociation',
  summary: 'Lets a partner ask for the end of associations, or no longer.',
  rules: 'ORG-11, ORD-182',
  route: 'PUT /v1/partners/{partnerId}/disassociation',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({ enabled: z.boolean() }),
  response: switchesView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) => toSwitchesView(await switchGrant(resource, 'disassociation', body.enabled)),
});
