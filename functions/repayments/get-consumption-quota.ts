import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { ownPartnerScope } from '#lib/partners/index.ts';
import { quotaView, readQuota } from '#lib/repayments/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-consumption-quota',
  summary: 'The most that a partner may owe, and how much of it is used.',
  rules: 'FIN-68, FIN-93, FIN-94',
  route: 'GET /v1/partners/{partnerId}/consumption-quota',
  actors: ['member', 'operator'],
  permission: 'consumption-quota.view',
  partnerTypes: billedPartners,
  scope: ownPartnerScope,
  path: z.object({ partnerId: idParam }),
  response: quotaView,
  errors: [],
  run: ({ resource, now }) => readQuota(resource, now),
});
