import * as z from 'zod';
import { billedPartners, billingErrors, cycleField, exportErrors, startExport } from '#lib/billing/index.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

const format = z.literal('csv').default('csv');

export const handler = operation({
  name: 'start-bill-export',
  summary: 'Starts an export of bills of up to 12 months, or of the lines of one bill; names in it are anonymised.',
  rules: 'FIN-156, FIN-157, FIN-159, FIN-160',
  route: 'POST /v1/bill-exports',
  actors: ['member'],
  permission: 'bill.export',
  partnerTypes: billedPartners,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('bills'), fromCycle: cycleField, toCycle: cycleField, format }),
    z.object({ kind: z.literal('bill-details'), billId: idParam, format }),
  ]),
  response: exportView,
  status: 202,
  errors: [
    exportErrors.EXPORT_RANGE_INVALID,
    exportErrors.EXPORT_RANGE_TOO_LONG,
    billingErrors.BILL_NOT_FOUND,
    billingErrors.BILL_NOT_ISSUED,
  ],
  run: async ({ member, body, now }) => toExportView(await startExport(member, body, now), false, now),
});
