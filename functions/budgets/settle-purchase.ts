import * as z from 'zod';
import { purchaseErrors, purchaseIdField, purchaseView, settlePurchase, toPurchaseView } from '#lib/budgets/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'settle-purchase',
  summary: 'A reserved purchase was made: its price is held until the expenditure record that carries it is counted.',
  rules: 'CUS-138, CUS-096',
  route: 'POST /v1/customers/{customerId}/purchases/{purchaseId}/settlement',
  actors: ['operator'],
  scope: customerScope,
  path: z.object({ customerId: idParam, purchaseId: purchaseIdField }),
  body: z.object({
    amount: moneyText
      .regex(/^\d/, 'must not be negative')
      .meta({ description: 'List price, at most what was reserved' }),
    recordId: z.string().min(1).max(200).meta({ description: 'The expenditure record that rating gives the purchase' }),
  }),
  response: purchaseView,
  errors: [
    purchaseErrors.PURCHASE_NOT_FOUND,
    purchaseErrors.RESERVATION_LAPSED,
    purchaseErrors.PURCHASE_ENDED,
    purchaseErrors.PURCHASE_SETTLED,
    purchaseErrors.SETTLEMENT_TOO_HIGH,
  ],
  run: async ({ path, body, resource, now }) => {
    const settlement = { amount: parseMoney(body.amount), recordId: body.recordId };
    return toPurchaseView(await settlePurchase(resource, path.purchaseId, settlement, now));
  },
});
