import * as z from 'zod';
import { billedPartners, billScope, productsView, readProducts, toProductsView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-products',
  summary:
    'A bill by product, region, resource type and billing mode, the largest settlement first; before the issue as last estimated.',
  rules: 'FIN-01, FIN-41, FIN-145 to FIN-149',
  route: 'GET /v1/bills/{billId}/products',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object({
    ...pageQuery,
    source: z.enum(['platform', 'marketplace']).default('platform'),
    region: z.string().min(1).max(128).optional().meta({ description: 'Name or code; leaves out everything else' }),
  }),
  response: productsView,
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path, resource, query: { limit, cursor, ...filter } }) => {
    const list = `list-bill-products:${path.billId}:${filter.source}`;
    const read = await readProducts(resource, filter, { limit, startKey: fromCursor(cursor, list) });
    return { ...toProductsView(read), nextCursor: toCursor(read.nextKey, list) };
  },
});
