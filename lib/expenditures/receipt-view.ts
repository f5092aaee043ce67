import * as z from 'zod';
import { REFUSAL_CODES } from './classify.ts';
import { RECEIPTS, type Receipt } from './receipt.ts';

export const receiptView = z.object({
  recordId: z.string().optional(),
  receipt: z.enum(RECEIPTS),
  billingCycle: z.string().optional().meta({ description: 'Cycle of the bill it is on' }),
  consumptionMonth: z.string().optional().meta({ description: 'Month whose usage it moved' }),
  code: z.enum(REFUSAL_CODES).optional(),
  reasons: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional()
    .meta({ description: 'Bad fields, by JSON pointer into the record' }),
  quarantineEntryId: z.string().optional(),
});

export const receiptTotals = z.object({
  counted: z.number().int(),
  late: z.number().int(),
  duplicate: z.number().int(),
  conflict: z.number().int(),
  rejected: z.number().int(),
});

/** How many receipts of each kind. */
export function totalsOf(receipts: readonly Pick<Receipt, 'receipt'>[]): z.output<typeof receiptTotals> {
  const totals = { counted: 0, late: 0, duplicate: 0, conflict: 0, rejected: 0 };
  for (const { receipt } of receipts) totals[receipt] += 1;
  return totals;
}
