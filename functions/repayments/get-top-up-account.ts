import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { requireTopUpAccount, topUpAccountView, toTopUpAccountView, transferErrors } from '#lib/repayments/index.ts';
import { currencyField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-top-up-account',
  summary:
    'Where a partner transfers money in a currency to: the account that is valid now, the same for all partners.',
  rules: 'FIN-78, FIN-79',
  route: 'GET /v1/top-up-accounts/{currency}',
  actors: ['member', 'operator'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  path: z.object({ currency: currencyField }),
  response: topUpAccountView,
  errors: [transferErrors.TOP_UP_ACCOUNT_NOT_SET],
  run: async ({ path }) => toTopUpAccountView(await requireTopUpAccount(path.currency)),
});
