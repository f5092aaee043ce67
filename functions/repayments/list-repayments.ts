import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { listRepayments, repaymentView, toRepaymentView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-repayments',
  summary: 'What a partner paid, or had come in, and which bills it went to; the newest first.',
  rules: 'FIN-01, FIN-75, FIN-76, FIN-87',
  route: 'GET /v1/repayments',
  actors: ['member', 'operator'],
  permission: 'fund.view',
  partnerTypes: billedPartners,
  query: z.object({ ...pageQuery, partnerId: partnerField }),
  response: z.object({ items: z.array(repaymentView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named } }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-repayments:${partnerId}`;
    const page = await listRepayments(partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.repayments.map(toRepaymentView), nextCursor: toCursor(page.nextKey, list) };
  },
});
