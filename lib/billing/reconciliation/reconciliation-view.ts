import * as z from 'zod';
import { exactText, fixedText } from '#lib/shared/money.ts';
import type { Frozen } from '../frozen.ts';
import { settlementsOf } from '../totals.ts';
import { DIFFERENCE_KINDS, type Difference } from './difference.ts';
import type { Reconciliation } from './reconciliation.ts';

const exact = z.string();
const atList = { count: z.number().int(), listPrice: exact };

export const reconciliationView = z.object({
  partnerId: z.string(),
  billId: z.string(),
  state: z.enum(['running', 'done']),
  askedAt: z.string(),
  finishedAt: z.string().nullable(),
  records: z.object(atList),
  lines: z.object({ ...atList, settlement: exact, couponsUsed: exact, due: exact }),
  differences: z.number().int(),
  reconciled: z.boolean().nullable().meta({ description: 'Records, lines and ledger agree; null while it runs' }),
});

export const toReconciliationView = (of: Reconciliation): z.input<typeof reconciliationView> => ({
  partnerId: of.partnerId,
  billId: of.billId,
  state: of.state,
  askedAt: of.askedAt,
  finishedAt: of.finishedAt ?? null,
  records: toAtList(of.records),
  lines: {
    ...toAtList(of.linesAtList),
    settlement: fixedText(settlementsOf(of.lines), 8),
    couponsUsed: fixedText(of.lines.couponsUsed, 8),
    due: fixedText(of.lines.due, 8),
  },
  differences: of.differences,
  reconciled: of.state === 'done' ? of.differences === 0 : null,
});

const toAtList = (sums: Frozen) => ({ count: sums.count, listPrice: exactText(settlementsOf(sums), 8) });

export const differenceView = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  customerId: z.string().nullable(),
  recordId: z.string().nullable(),
  lineId: z.string().nullable(),
  field: z.string().nullable(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
});

export const toDifferenceView = ({ kind, ...difference }: Difference): z.input<typeof differenceView> => ({
  kind,
  customerId: difference.customerId ?? null,
  recordId: difference.recordId ?? null,
  lineId: difference.lineId ?? null,
  field: difference.field ?? null,
  expected: difference.expected ?? null,
  found: difference.found ?? null,
});
