import * as z from 'zod';
import { usageCompleteThrough } from '#lib/expenditures/index.ts';
import { exactText, fixedText, percentText } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { ForecastReading } from './read-forecast.ts';

const amount = z.string().nullable();

export const forecastView = z.object({
  customerId: z.string(),
  month: z.string(),
  amount: z.string(),
  usage: z.string().meta({ description: 'Counted so far, purchases included' }),
  expectedUsage: amount.meta({ description: 'At the end of the month; null with fewer than 3 full days to go by' }),
  expectedUsageLow: amount.meta({
    description: 'Four in five lie between low and high, if days go on differing as they did',
  }),
  expectedUsageHigh: amount,
  expectedPercent: amount.meta({ description: 'Of the budget, rounded down to 2 decimals' }),
  exhausted: z.boolean().meta({ description: 'Usage has reached the amount already' }),
  exhaustedOn: z.string().nullable().meta({ description: 'The day on which it will; null where not in this month' }),
  basisDays: z.number().int().meta({ description: 'Full days of metered usage that the forecast goes by, 7 at most' }),
  usageCompleteThrough: z.string().nullable(),
  asOf: z.string(),
});

export async function toForecastView(reading: ForecastReading, now: Instant): Promise<z.input<typeof forecastView>> {
  const { budget, month, usage, basisDays, forecast, exhausted, exhaustedOn = null } = reading;
  return {
    customerId: budget.customerId,
    month,
    amount: exactText(budget.amount),
    usage: fixedText(usage, 8),
    expectedUsage: forecast ? fixedText(forecast.expected, 8) : null,
    expectedUsageLow: forecast ? fixedText(forecast.low, 8) : null,
    expectedUsageHigh: forecast ? fixedText(forecast.high, 8) : null,
    expectedPercent: forecast ? percentText(forecast.expected, budget.amount) : null,
    exhausted,
    exhaustedOn,
    basisDays,
    usageCompleteThrough: (await usageCompleteThrough()) ?? null,
    asOf: now,
  };
}
