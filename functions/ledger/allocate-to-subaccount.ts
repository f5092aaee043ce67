import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { allocateToSubaccount, ledgerErrors, statementView, toStatementView } from '#lib/ledger/index.ts';
import { partnerScope } from '#lib/partners/index.ts';
import { currencyField, idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney, roundHalfUp } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

const amountField = moneyText
  .transform(parseMoney)
  .refine((amount) => amount > 0n && amount === roundHalfUp(amount, 2), 'must be above 0 with at most 2 decimals');

export const handler = operation({
  name: 'allocate-to-subaccount',
  summary: "Moves money from a partner's account to its subaccount.",
  rules: 'FIN-142',
  route: 'POST /v1/partners/{partnerId}/subaccount-allocations',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({ amount: amountField, currency: currencyField, reason: reasonField }),
  status: 201,
  response: z.object({ entries: z.array(statementView) }),
  errors: [ledgerErrors.BALANCE_TOO_SMALL],
  run: async ({ resource, body, now }) => ({
    entries: (await allocateToSubaccount(resource.partnerId, body, now)).map(toStatementView),
  }),
});
