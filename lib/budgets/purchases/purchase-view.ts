import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import { ACTIONS, BILLING_MODES, DENIALS } from './action-matrix.ts';
import type { ActionAnswer } from './check-action.ts';
import type { Purchase } from './purchase.ts';

/** Ids that the ordering service gives. */
export const purchaseIdField = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores');

export const purchaseView = z.object({
  purchaseId: z.string(),
  customerId: z.string(),
  action: z.enum(ACTIONS),
  billingMode: z.enum(BILLING_MODES),
  amount: z.string().meta({ description: 'As reserved' }),
  status: z.enum(['reserved', 'settled', 'closed', 'released', 'lapsed']).meta({
    description: 'settled: its price is held until its expenditure record is counted; closed: usage carries it',
  }),
  reservedAt: z.string(),
  until: z.string().meta({ description: 'It holds nothing from then on' }),
  settledAmount: z.string().nullable(),
  recordId: z.string().nullable(),
});

export const toPurchaseView = (purchase: Purchase): z.input<typeof purchaseView> => ({
  ...purchase,
  amount: exactText(purchase.amount),
  settledAmount: purchase.settlement ? exactText(purchase.settlement.amount) : null,
  recordId: purchase.settlement?.recordId ?? null,
});

export const actionAnswerView = z.object({
  allowed: z.boolean(),
  denial: z.enum(DENIALS).nullable().meta({ description: 'The strongest of what stands against it (CUS-144)' }),
  remaining: z.string().nullable().meta({ description: 'What is left of the budget, where the amount does not fit' }),
  reservation: purchaseView.nullable(),
});

export const toActionAnswerView = (answer: ActionAnswer): z.input<typeof actionAnswerView> =>
  answer.allowed
    ? {
        allowed: true,
        denial: null,
        remaining: null,
        reservation: answer.purchase ? toPurchaseView(answer.purchase) : null,
      }
    : {
        allowed: false,
        denial: answer.denial,
        remaining: answer.remaining === undefined ? null : exactText(answer.remaining),
        reservation: null,
      };
