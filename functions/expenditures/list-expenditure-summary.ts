import * as z from 'zod';
import {
  associationTypeFilter,
  cycleQuery,
  expenditureErrors,
  readSummary,
  summaryView,
  toSummaryView,
} from '#lib/expenditures/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-expenditure-summary',
  summary: 'What a customer spent in a month, by service type and billing mode, over the days published so far.',
  rules: 'ORD-127 to ORD-136, ORD-138, ORD-141, ORD-167, CUS-100, CUS-101',
  route: 'GET /v1/expenditure-summary',
  actors: ['member', 'operator', 'customer'],
  permission: 'expenditure.view',
  query: z.object({ customerId: idParam, spentOn: cycleQuery, associationType: associationTypeFilter }),
  response: summaryView,
  errors: [sharedErrors.CUSTOMER_NOT_FOUND, expenditureErrors.BILL_ACCESS_REVOKED],
  run: async ({ query: { customerId, spentOn: cycle, associationType }, actor, now }) => {
    const summary = await readSummary(actor, { customerId, cycle }, now);
    return toSummaryView(summary, { cycle, associationType }, now);
  },
});
