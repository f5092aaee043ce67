import * as z from 'zod';
import { listPartners, partnerView, toPartnerView } from '#lib/partners/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-partners',
  summary: 'Partners, oldest first: tier-1 partners (billed) or resellers.',
  rules: 'CUS-013',
  route: 'GET /v1/partners',
  actors: ['operator'],
  query: z.object({ ...pageQuery, tier: z.enum(['billed', 'reseller']).default('billed') }),
  response: z.object({ items: z.array(partnerView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, tier } }) => {
    const list = `list-partners:${tier}`;
    const page = await listPartners(tier, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.partners.map(toPartnerView), nextCursor: toCursor(page.nextKey, list) };
  },
});
