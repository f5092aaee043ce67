import * as z from 'zod';
import { billedPartners, openBills, partnerField, partnerOf } from '#lib/billing/index.ts';
import { toUnpaidBillView, unpaidBillView } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

/** All at once: there is at most one bill a month. */
export const handler = operation({
  name: 'list-unpaid-bills',
  summary: 'Bills with something outstanding, the oldest cycle first: the order in which they are paid.',
  rules: 'FIN-01, FIN-76, FIN-126, FIN-162',
  route: 'GET /v1/unpaid-bills',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  query: z.object({ partnerId: partnerField }),
  response: z.object({ items: z.array(unpaidBillView) }),
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ actor, query, now }) => {
    const bills = await openBills(partnerOf(actor, query.partnerId));
    return { items: bills.map((bill) => toUnpaidBillView(bill, now)) };
  },
});
