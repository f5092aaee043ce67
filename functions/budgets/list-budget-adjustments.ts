import * as z from 'zod';
import {
  adjustmentView,
  BUDGET_TYPES,
  listAdjustments,
  requireResellerModel,
  toAdjustmentView,
} from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-budget-adjustments',
  summary: "Every setting and withdrawal of the customer's budget, newest first.",
  rules: 'CUS-173, CUS-175',
  route: 'GET /v1/customers/{customerId}/budget/adjustments',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  query: z.object({
    ...pageQuery,
    type: z.enum(BUDGET_TYPES).optional().meta({ description: 'Only changes from or to this type' }),
  }),
  response: z.object({ items: z.array(adjustmentView), nextCursor: z.string().optional() }),
  errors: [controlErrors.NOT_RESELLER_MODEL, sharedErrors.CURSOR_INVALID],
  run: async ({ path: { customerId }, query: { limit, cursor, type }, resource }) => {
    const { partnerId } = requireResellerModel(resource);
    const list = `list-budget-adjustments:${partnerId}:${customerId}:${type}`;
    const page = await listAdjustments({ partnerId, customerId, type, limit, startKey: fromCursor(cursor, list) });
    return { items: page.adjustments.map(toAdjustmentView), nextCursor: toCursor(page.nextKey, list) };
  },
});
