import * as z from 'zod';
import { refusedCustomer, toRefused } from '#lib/customers/index.ts';
import { exactText } from '#lib/shared/money.ts';
import type { BatchResult } from './batch-set-budgets.ts';
import { BUDGET_TYPES, EXHAUSTION_MODES } from './budget.ts';
import { STANDINGS, standingOf } from './threshold.ts';

const set = z.object({
  customerId: z.string(),
  status: z.literal('done'),
  type: z.enum(BUDGET_TYPES),
  amount: z.string(),
  exhaustionMode: z.enum(EXHAUSTION_MODES),
  standing: z.enum(STANDINGS),
  freezeLevel: z.enum(['none', 'account', 'account-and-resources']),
  warnings: z.array(z.literal('WILL_FREEZE_AGAIN')),
  version: z.number().int(),
});

export const batchView = z.object({
  batchId: z.string(),
  results: z.array(z.discriminatedUnion('status', [set, refusedCustomer])),
});

/** Those that succeeded and those that failed, in the order of the request (CUS-080). */
export const toBatchView = ({ batchId, outcomes }: BatchResult): z.input<typeof batchView> => ({
  batchId,
  results: outcomes.map((outcome) => ('done' in outcome ? toSet(outcome.done) : toRefused(outcome))),
});

type Done = Extract<BatchResult['outcomes'][number], { done: unknown }>['done'];

const toSet = ({ budget, usage, customer, warnings }: Done): z.input<typeof set> => ({
  customerId: budget.customerId,
  status: 'done',
  type: budget.type,
  amount: exactText(budget.amount),
  exhaustionMode: budget.exhaustionMode,
  standing: standingOf(usage, budget.amount),
  freezeLevel: customer.control.freezeLevel,
  warnings: [...warnings],
  version: budget.version,
});
