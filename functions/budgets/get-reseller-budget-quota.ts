import * as z from 'zod';
import { loadPermission, quotaView, resellerScope, toQuotaView } from '#lib/budgets/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reseller-budget-quota',
  summary: "A reseller's budget quotas: total, allocated and available; to itself, its distributor and operators.",
  rules: 'CUS-086, CUS-087',
  route: 'GET /v1/resellers/{resellerId}/budget-quota',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: resellerScope,
  path: z.object({ resellerId: idParam }),
  response: quotaView,
  errors: [],
  run: async ({ path }) => toQuotaView(await loadPermission(path.resellerId)),
});
