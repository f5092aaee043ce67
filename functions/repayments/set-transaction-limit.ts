import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { limitView, paymentErrors, setLimit, toLimitView } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-transaction-limit',
  summary: 'Sets what one online payment in a currency may come to.',
  rules: 'FIN-73, FIN-74',
  route: 'PUT /v1/transaction-limits/{currency}',
  actors: ['operator'],
  path: z.object({ currency: currencyField }),
  body: z.object({
    lower: moneyText.transform(parseMoney),
    upper: moneyText.transform(parseMoney),
    reason: reasonField,
    expectedVersion: versionField.default(0),
  }),
  response: limitView,
  errors: [paymentErrors.TRANSACTION_LIMIT_INVALID, sharedErrors.VERSION_CONFLICT],
  run: async ({ path: { currency }, body: { lower, upper, reason, expectedVersion } }) =>
    toLimitView(await setLimit({ currency, lower, upper }, expectedVersion, reason)),
});
