import * as z from 'zod';
import {
  BUDGET_TYPES,
  batchSetBudgets,
  batchView,
  budgetErrors,
  checkBatchWish,
  EXHAUSTION_MODES,
  toBatchView,
} from '#lib/budgets/index.ts';
import { controlErrors } from '#lib/customers/index.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'batch-set-budgets',
  summary: 'Sets the same budget for 1 to 100 customers; each succeeds or fails alone.',
  rules: 'CUS-078 to CUS-083, CUS-005',
  route: 'POST /v1/budgets/batch',
  actors: ['member'],
  permission: 'customer.budget',
  critical: {
    keys: ['set-monthly-budget', 'set-one-time-budget'],
    choose: ({ body }) => `set-${body.type}-budget` as const,
  },
  body: z.object({
    customerIds: z.array(z.string()).meta({ description: '1 to 100 customers; duplicates count once' }),
    type: z.enum(BUDGET_TYPES),
    amount: moneyText,
    exhaustionMode: z.enum(EXHAUSTION_MODES).optional(),
    unfreezeNow: z.boolean().default(false),
  }),
  response: batchView,
  timeoutSeconds: 29,
  errors: [
    controlErrors.BATCH_SIZE,
    budgetErrors.BUDGET_AMOUNT_INVALID,
    budgetErrors.QUOTA_EXCEEDED,
    controlErrors.PARTNER_ACCOUNT_FROZEN,
  ],
  check: ({ body, member, standing }) => checkBatchWish(body.customerIds, body, { member, standing }),
  run: async ({ body: { customerIds, ...body }, member, standing, now }) => {
    const wish = { ...body, amount: parseMoney(body.amount) };
    return toBatchView(await batchSetBudgets(customerIds, wish, { member, standing }, now));
  },
});
