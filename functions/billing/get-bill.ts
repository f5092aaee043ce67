import * as z from 'zod';
import { billedPartners, billScope, billView, readBill, toBillView } from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-bill',
  summary: 'A bill by its id: issued, or what it comes to so far.',
  rules: 'FIN-01, FIN-44 to FIN-50, FIN-65 to FIN-67, FIN-162',
  route: 'GET /v1/bills/{billId}',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  response: billView,
  errors: [],
  run: async ({ resource, now }) =>
    toBillView(await readBill(resource.partnerId, resource.cycle, resource.revision), now),
});
