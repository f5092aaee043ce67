import * as z from 'zod';
import { cycleField, reasonField } from '#lib/billing/index.ts';
import { enterTopUp, entityErrors } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'enter-top-up-invoice',
  summary: 'Enters a record of a top-up, which becomes an invoice; invoices made automatically are for bills only.',
  rules: 'FIN-177',
  route: 'POST /v1/top-up-invoices',
  actors: ['operator'],
  body: z.object({
    partnerId: idParam,
    period: cycleField,
    currency: currencyField,
    amount: moneyText.transform(parseMoney),
    description: z.string().trim().min(1).max(200).optional(),
    reason: reasonField,
  }),
  response: z.object({ draftId: z.string() }),
  status: 202,
  errors: [sharedErrors.PARTNER_NOT_FOUND, entityErrors.ISSUING_ENTITY_MISSING],
  run: async ({ body: { period, ...wish }, now }) => enterTopUp({ ...wish, cycle: period }, now),
});
