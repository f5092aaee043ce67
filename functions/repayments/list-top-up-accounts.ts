import * as z from 'zod';
import { listTopUpAccounts, topUpAccountView, toTopUpAccountView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-top-up-accounts',
  summary: 'The account for transfers in a currency and all that were valid before it, the newest first.',
  rules: 'FIN-79',
  route: 'GET /v1/top-up-accounts/{currency}/versions',
  actors: ['operator'],
  path: z.object({ currency: currencyField }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(topUpAccountView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { currency }, query: { limit, cursor } }) => {
    const list = `list-top-up-accounts:${currency}`;
    const page = await listTopUpAccounts(currency, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.accounts.map(toTopUpAccountView), nextCursor: toCursor(page.nextKey, list) };
  },
});
