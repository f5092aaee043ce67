import * as z from 'zod';
import {
  billedPartners,
  billView,
  cycleField,
  partnerField,
  partnerOf,
  readBill,
  toBillView,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'get-monthly-bill',
  summary: 'The bill of a cycle: issued, or what it comes to so far; zeros where there is nothing.',
  rules: 'FIN-01, FIN-16, FIN-50, FIN-65 to FIN-67',
  route: 'GET /v1/monthly-bills/{cycle}',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  path: z.object({
    cycle: z
      .union([z.literal('current'), cycleField], 'must be a month such as 2024-08, or current')
      .meta({ description: '`2024-08`, or `current`' }),
  }),
  query: z.object({ partnerId: partnerField }),
  response: billView,
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ actor, path, query, now }) => {
    const cycle = path.cycle === 'current' ? billingMonthOf(now) : path.cycle;
    return toBillView(await readBill(partnerOf(actor, query.partnerId), cycle), now);
  },
});
