import { billPermissionView, toBillPermissionView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-customer-bill-permission',
  summary: "Whether the partner's customers in the reseller model see their bills and costs.",
  rules: 'ORG-73',
  route: 'GET /v1/customer-bill-permission',
  actors: ['member'],
  permission: 'customer-bill-permission.manage',
  partnerTypes: { types: ['solution-provider'], error: sharedErrors.PARTNER_NOT_ENABLED },
  response: billPermissionView,
  errors: [],
  run: async ({ standing }) => toBillPermissionView(standing),
});
