import * as z from 'zod';
import {
  billedPartners,
  billingErrors,
  billScope,
  explainLine,
  explanationView,
  toExplanationView,
} from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'explain-bill-line',
  summary: 'The record, discount, tax rule and every arithmetic step behind a line, and the line computed anew.',
  rules: 'FIN-21 to FIN-40',
  route: 'GET /v1/bills/{billId}/lines/{lineId}/explanation',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam, lineId: idParam }),
  response: explanationView,
  errors: [billingErrors.BILL_NOT_ISSUED, billingErrors.LINE_NOT_FOUND],
  run: async ({ resource, path, now }) => toExplanationView(await explainLine(resource, path.lineId), now),
});
