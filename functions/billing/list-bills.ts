import * as z from 'zod';
import {
  billedPartners,
  cycleField,
  issuedBillView,
  listBills,
  partnerField,
  partnerOf,
  toIssuedBillView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bills',
  summary: "A partner's issued bills, the newest cycle first.",
  rules: 'FIN-01, FIN-05, FIN-44 to FIN-50, FIN-162',
  route: 'GET /v1/bills',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  query: z.object({ ...pageQuery, partnerId: partnerField, cycle: cycleField.optional() }),
  response: z.object({ items: z.array(issuedBillView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named, cycle }, now }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-bills:${partnerId}:${cycle}`;
    const range = cycle && { from: cycle, to: cycle };
    const page = await listBills(partnerId, { limit, startKey: fromCursor(cursor, list) }, range);
    return {
      items: page.bills.map((bill) => toIssuedBillView(bill, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
