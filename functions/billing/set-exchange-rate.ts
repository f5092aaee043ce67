import * as z from 'zod';
import {
  cycleField,
  exchangeRateView,
  reasonField,
  ruleErrors,
  setExchangeRate,
  toExchangeRateView,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { currencyField, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-exchange-rate',
  summary: "Sets a cycle's rate from the bills' currency into a payment currency; issued bills keep theirs.",
  rules: 'FIN-47, FIN-48',
  route: 'PUT /v1/exchange-rates/{currency}/{cycle}',
  actors: ['operator'],
  path: z.object({ currency: currencyField, cycle: cycleField }),
  body: z.object({
    rate: moneyText.transform(parseMoney),
    reason: reasonField,
    expectedVersion: versionField.default(0),
  }),
  response: exchangeRateView,
  errors: [ruleErrors.EXCHANGE_RATE_INVALID, sharedErrors.VERSION_CONFLICT],
  run: async ({ path, body }) =>
    toExchangeRateView(await setExchangeRate({ ...path, rate: body.rate }, body.expectedVersion, body.reason)),
});
