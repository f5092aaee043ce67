import * as z from 'zod';
import { purchaseErrors, purchaseIdField, purchaseView, releasePurchase, toPurchaseView } from '#lib/budgets/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'release-purchase',
  summary: 'A reserved purchase was not made: what it held of the budget is free at once.',
  rules: 'CUS-138',
  route: 'POST /v1/customers/{customerId}/purchases/{purchaseId}/release',
  actors: ['operator'],
  scope: customerScope,
  path: z.object({ customerId: idParam, purchaseId: purchaseIdField }),
  response: purchaseView,
  errors: [purchaseErrors.PURCHASE_NOT_FOUND, purchaseErrors.PURCHASE_SETTLED],
  run: async ({ path, resource, now }) => toPurchaseView(await releasePurchase(resource, path.purchaseId, now)),
});
