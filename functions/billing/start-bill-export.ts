import { billedPartners, billingErrors, exportErrors, exportWish, startExport } from '#lib/billing/index.ts';
import { ledgerErrors } from '#lib/ledger/index.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'start-bill-export',
  summary:
    'Starts an export: bills of up to 12 months, the lines of one bill, account statements or coupons; names in it are anonymised.',
  rules: 'FIN-155 to FIN-160',
  route: 'POST /v1/bill-exports',
  actors: ['member'],
  permission: 'bill.export',
  partnerTypes: billedPartners,
  body: exportWish,
  response: exportView,
  status: 202,
  errors: [
    exportErrors.EXPORT_RANGE_INVALID,
    exportErrors.EXPORT_RANGE_TOO_LONG,
    billingErrors.BILL_NOT_FOUND,
    billingErrors.BILL_NOT_ISSUED,
    ledgerErrors.CONTACT_OPERATOR,
  ],
  run: async ({ member, body, now }) => toExportView(await startExport(member, body, now), false, now),
});
