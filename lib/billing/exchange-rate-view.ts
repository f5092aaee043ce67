import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import { BILL_CURRENCY } from './bill.ts';
import type { ExchangeRate } from './exchange-rate-store.ts';

export const exchangeRateView = z.object({
  from: z.literal(BILL_CURRENCY),
  to: z.string(),
  cycle: z.string(),
  rate: z.string(),
  version: z.number().int(),
});

export const toExchangeRateView = ({
  currency,
  cycle,
  rate,
  version,
}: ExchangeRate): z.input<typeof exchangeRateView> => ({
  from: BILL_CURRENCY,
  to: currency,
  cycle,
  rate: exactText(rate, 4),
  version,
});
