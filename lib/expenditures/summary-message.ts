import * as z from 'zod';
import { cycleQuery } from './view-filter.ts';

/** Asks for one day of a customer's summary to be summed up and kept. */
export const summaryMessage = z.object({
  partnerId: z.string(),
  customerId: z.string(),
  cycle: cycleQuery,
  day: z.string().regex(/^\d\d$/),
});
export type SummaryMessage = z.output<typeof summaryMessage>;
