import * as z from 'zod';
import {
  billedPartners,
  DISCOUNT_STATUSES,
  discountView,
  partnerField,
  partnerOf,
  queryDiscounts,
  toDiscountView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-discounts',
  summary: "A partner's commercial discounts, the latest effective first.",
  rules: 'FIN-127, FIN-130, FIN-144',
  route: 'GET /v1/commercial-discounts',
  actors: ['member', 'operator'],
  permission: 'commercial-discount.view',
  partnerTypes: billedPartners,
  query: z.object({
    ...pageQuery,
    partnerId: partnerField,
    status: z.enum(DISCOUNT_STATUSES).optional(),
    customer: z.string().max(64).optional().meta({ description: 'Part of an account name, or a customer name' }),
  }),
  response: z.object({ items: z.array(discountView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named, ...filter }, now }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-discounts:${partnerId}:${filter.status}:${filter.customer}`;
    const page = await queryDiscounts(partnerId, filter, { limit, startKey: fromCursor(cursor, list) }, now);
    return {
      items: page.shown.map(({ discount, customer }) => toDiscountView(discount, customer, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
