import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { setTopUpAccount, topUpAccountInput, topUpAccountView, toTopUpAccountView } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-top-up-account',
  summary: 'Sets where partners transfer money in a currency to from now on; the accounts before it are kept.',
  rules: 'FIN-78, FIN-79',
  route: 'PUT /v1/top-up-accounts/{currency}',
  actors: ['operator'],
  path: z.object({ currency: currencyField }),
  body: topUpAccountInput.extend({ expectedVersion: versionField.default(0), reason: reasonField }),
  response: topUpAccountView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ path, body: { expectedVersion, reason, ...wish }, now }) =>
    toTopUpAccountView(await setTopUpAccount({ ...wish, ...path }, { expectedVersion, reason }, now)),
});
