import * as z from 'zod';
import type { Customer } from './customer.ts';
import type { FreezeRecord } from './customer-store.ts';
import type { Outcome } from './each-customer.ts';

/** What freezing, unfreezing and restricting take; number and length are rules with codes of their own (CUS-145, CUS-149). */
export const controlBody = z.object({
  customerIds: z.array(z.string()).meta({ description: '1 to 10 customers; duplicates count once' }),
  reason: z.string().meta({ description: '1 to 256 characters; not shown to the customer' }),
});

const NOTES = ['WILL_FREEZE_AGAIN', 'PARTNER_OWES_PURCHASES', 'BUDGET_NOT_SET'] as const;
export type ControlNote = (typeof NOTES)[number];

const done = z.object({
  customerId: z.string(),
  status: z.literal('done'),
  freezeLevel: z.enum(['none', 'account', 'account-and-resources']),
  freezeCause: z.enum(['association-default', 'manual', 'budget-exhaustion']).nullable(),
  retentionUntil: z.string().nullable().meta({ description: 'Frozen resources are released then (CUS-154, CUS-156)' }),
  payPerUseRestricted: z.boolean(),
  notes: z.array(z.enum(NOTES)).meta({
    description:
      'WILL_FREEZE_AGAIN: the automatic budget is exhausted, the next full hour freezes again. PARTNER_OWES_PURCHASES: the ' +
      'customer can buy again and the partner owes for it. BUDGET_NOT_SET: the customer can buy only once a budget is set.',
  }),
});
const refused = z.object({
  customerId: z.string(),
  status: z.literal('refused'),
  code: z.string(),
  detail: z.string(),
});

export const controlResults = z.object({ results: z.array(z.discriminatedUnion('status', [done, refused])) });

/** Each customer with its own result, in the order of the request (CUS-149). */
export function toControlResults(
  outcomes: readonly Outcome<{ customer: Customer; notes?: readonly ControlNote[] }>[],
): z.input<typeof controlResults> {
  return { results: outcomes.map((outcome) => ('done' in outcome ? toDone(outcome) : toRefused(outcome))) };
}

function toDone({ customerId, done: { customer, notes = [] } }: Done): z.input<typeof done> {
  const { freezeLevel, freezeCause = null, retentionUntil = null, payPerUseRestricted } = customer.control;
  return {
    customerId,
    status: 'done',
    freezeLevel,
    freezeCause,
    retentionUntil,
    payPerUseRestricted,
    notes: [...notes],
  };
}
type Done = Extract<Outcome<{ customer: Customer; notes?: readonly ControlNote[] }>, { done: unknown }>;

/** Also the form in which a batch of budgets shows a refusal. */
export const toRefused = ({ customerId, refused }: Extract<Outcome<unknown>, { refused: unknown }>) => ({
  customerId,
  status: 'refused' as const,
  code: refused.definition.code,
  detail: refused.definition.message,
});
export const refusedCustomer = refused;

export const freezeRecordView = z.object({
  recordId: z.string(),
  at: z.string(),
  actor: z.string().meta({ description: 'Id of the acting member, or `system`' }),
  partnerId: z.string().meta({ description: 'The partner that acted' }),
  action: z.string(),
  cause: z.string(),
  reason: z.string().nullable(),
  levelBefore: z.string(),
  levelAfter: z.string(),
  retentionUntil: z.string().nullable(),
  verificationUsed: z.boolean(),
  batchId: z.string().nullable(),
});

export const toFreezeRecordView = (record: FreezeRecord): z.input<typeof freezeRecordView> => ({
  ...record,
  reason: record.reason ?? null,
  retentionUntil: record.retentionUntil ?? null,
  batchId: record.batchId ?? null,
});
