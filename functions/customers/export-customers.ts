import { customerExportWish, queryErrors, requireExporter, startCustomerExport } from '#lib/customer-views/index.ts';
import { groupErrors } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'export-customers',
  summary:
    'Starts an export of the customers selected, or of all that a filter finds, in clear; by an administrator alone.',
  rules: 'CUS-003, CUS-240 to CUS-242, CUS-249, CUS-250',
  route: 'POST /v1/customer-exports',
  actors: ['member'],
  permission: 'customer.view',
  body: customerExportWish,
  response: exportView,
  status: 202,
  errors: [queryErrors.CUSTOMER_EXPORT_ADMIN_ONLY, sharedErrors.CUSTOMER_NOT_FOUND, groupErrors.GROUP_NOT_FOUND],
  check: ({ member }) => requireExporter(member),
  run: async ({ member, standing, body, now }) =>
    toExportView(await startCustomerExport(member, standing, body, now), false, now),
});
