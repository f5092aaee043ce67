import * as z from 'zod';
import { partnerScope, partnerView, toPartnerView } from '#lib/partners/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-partner',
  summary: 'A partner: any to operators, its own and its resellers to a member.',
  rules: 'ORG-12, ORG-18',
  route: 'GET /v1/partners/{partnerId}',
  actors: ['operator', 'member'],
  permission: 'partner-info.view',
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  response: partnerView,
  errors: [],
  run: async ({ resource }) => toPartnerView(resource),
});
