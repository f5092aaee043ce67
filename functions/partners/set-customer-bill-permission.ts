import * as z from 'zod';
import { billPermissionView, setBillPermission, toBillPermissionView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-customer-bill-permission',
  summary:
    'Takes the view of bills and costs from all customers of the partner in the reseller model, or gives it back.',
  rules: 'ORG-73, ORG-178, ORD-141',
  route: 'PUT /v1/customer-bill-permission',
  actors: ['member'],
  permission: 'customer-bill-permission.manage',
  partnerTypes: { types: ['solution-provider'], error: sharedErrors.PARTNER_NOT_ENABLED },
  critical: 'set-customer-bill-permission',
  body: z.object({ revokeBillAndCostAccess: z.boolean(), expectedVersion: versionField }),
  response: billPermissionView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ standing, body }) => toBillPermissionView(await setBillPermission(standing, body)),
});
