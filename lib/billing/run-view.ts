import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import type { PartnerInRun } from './read-run.ts';
import { type BillRun, OPEN_STATES, PARTNER_STATES } from './run.ts';
import type { Tally } from './run-store.ts';

const counts = z.object(Object.fromEntries(PARTNER_STATES.map((state) => [state, z.number().int()])));

export const runView = z.object({
  cycle: z.string(),
  state: z.enum(['planning', 'running', 'complete']),
  startedAt: z.string(),
  startedBy: z.string(),
  partners: counts,
  billAmountExact: z.string().meta({ description: 'Sum over issued bills' }),
  amountDue: z.string().meta({ description: 'Sum over issued bills' }),
});

export function toRunView(run: BillRun, tally: Tally): z.input<typeof runView> {
  const { partners } = tally;
  const open = OPEN_STATES.reduce((total, state) => total + partners[state], 0);
  return {
    cycle: run.cycle,
    state: run.planned ? (open > 0 ? 'running' : 'complete') : 'planning',
    startedAt: run.startedAt,
    startedBy: run.startedBy,
    partners,
    billAmountExact: exactText(tally.billAmountExact, 8),
    amountDue: exactText(tally.amountDue),
  };
}

export const partnerRunView = z.object({
  partnerId: z.string(),
  state: z.enum(PARTNER_STATES),
  cause: z.object({ code: z.string(), detail: z.string() }).nullable(),
  records: z.number().int().meta({ description: 'On the closed months of its customers' }),
  parts: z.number().int(),
  partsDone: z.number().int(),
  lines: z.object({ count: z.number().int(), due: z.string() }).meta({ description: 'Of the parts that are done' }),
  bill: z
    .object({
      billId: z.string(),
      status: z.string(),
      billAmountExact: z.string(),
      amountDue: z.string(),
      paymentCurrency: z.string(),
      amountDuePayment: z.string(),
      issuedAt: z.string(),
      late: z.boolean(),
    })
    .nullable(),
  linesEqualHeader: z.boolean().nullable().meta({ description: 'Sum of lines = header; null before the issue' }),
  reconciliation: z
    .object({ state: z.enum(['running', 'done']), differences: z.number().int(), finishedAt: z.string().nullable() })
    .nullable()
    .meta({ description: 'Records, lines and ledger compared' }),
});

export function toPartnerRunView({ run, bill, reconciliation }: PartnerInRun): z.input<typeof partnerRunView> {
  return {
    partnerId: run.partnerId,
    state: run.state,
    cause: run.cause ?? null,
    records: run.frozen.count,
    parts: run.parts,
    partsDone: run.partsDone,
    lines: { count: run.lineCount, due: exactText(run.linesDue, 8) },
    bill: bill
      ? {
          billId: bill.billId,
          status: bill.debt.status,
          billAmountExact: exactText(bill.billAmountExact, 8),
          amountDue: exactText(bill.amountDue),
          paymentCurrency: bill.paymentCurrency,
          amountDuePayment: exactText(bill.amountDuePayment),
          issuedAt: bill.issuedAt,
          late: bill.late,
        }
      : null,
    linesEqualHeader: bill
      ? run.linesDue === bill.billAmountExact && run.lineCount === bill.lineCount && run.lineCount === run.frozen.count
      : null,
    reconciliation: reconciliation
      ? {
          state: reconciliation.state,
          differences: reconciliation.differences,
          finishedAt: reconciliation.finishedAt ?? null,
        }
      : null,
  };
}
