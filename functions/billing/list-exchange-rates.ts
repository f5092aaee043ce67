import * as z from 'zod';
import { exchangeRateView, listExchangeRates, toExchangeRateView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-exchange-rates',
  summary: 'Rates into a payment currency, the newest cycle first.',
  rules: 'FIN-47, FIN-48',
  route: 'GET /v1/exchange-rates/{currency}',
  actors: ['operator'],
  path: z.object({ currency: currencyField }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(exchangeRateView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { currency }, query: { limit, cursor } }) => {
    const list = `list-exchange-rates:${currency}`;
    const page = await listExchangeRates(currency, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.rates.map(toExchangeRateView), nextCursor: toCursor(page.nextKey, list) };
  },
});
