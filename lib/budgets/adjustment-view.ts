import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import type { BudgetAdjustment } from './adjustment-store.ts';
import { BUDGET_TYPES, EXHAUSTION_MODES } from './budget.ts';

export const adjustmentView = z.object({
  adjustmentId: z.string(),
  adjustedAt: z.string(),
  actor: z.string().meta({ description: 'Id of the acting member' }),
  partnerId: z.string().meta({ description: 'The partner that acted' }),
  action: z.enum(['set', 'withdraw', 'close']),
  typeBefore: z.enum(BUDGET_TYPES),
  typeAfter: z.enum(BUDGET_TYPES),
  amountBefore: z.string(),
  amountAfter: z.string(),
  modeBefore: z.enum(EXHAUSTION_MODES),
  modeAfter: z.enum(EXHAUSTION_MODES),
  unfreezeRequested: z.boolean(),
  freezeLevelAfter: z.string(),
  source: z.enum(['single', 'batch']),
  batchId: z.string().nullable(),
});

export const toAdjustmentView = (adjustment: BudgetAdjustment): z.input<typeof adjustmentView> => ({
  ...adjustment,
  amountBefore: exactText(adjustment.amountBefore),
  amountAfter: exactText(adjustment.amountAfter),
  batchId: adjustment.batchId ?? null,
});
