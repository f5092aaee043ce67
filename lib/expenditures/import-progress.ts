import * as z from 'zod';
import { add, exactText, moneyText, parseMoney } from '#lib/shared/money.ts';
import { REFUSAL_CODES } from './classify.ts';
import type { CsvPosition } from './csv-records.ts';
import { RECEIPTS, type Receipt } from './receipt.ts';
import { receiptTotals, totalsOf } from './receipt-view.ts';
import { BILL_TYPES } from './record.ts';

const position = z.object({ offset: z.number().int(), line: z.number().int() });

/** A line of the file that was not counted. */
export const importProblem = z.object({
  line: z.number().int(),
  code: z.enum([...REFUSAL_CODES, 'LINE_BROKEN']),
  detail: z.string(),
  receipt: z.enum(RECEIPTS),
  recordId: z.string().optional(),
  quarantineEntryId: z.string().optional(),
});
export type ImportProblem = z.output<typeof importProblem>;

/** How far an import is and what it did so far: kept in its job, moved forward once per segment. */
export const importProgress = z.object({
  segment: z.number().int(),
  next: position,
  header: z.array(z.string()),
  lines: z.number().int(),
  receipts: receiptTotals,
  taxLines: z.number().int(),
  listPrices: z.object({ expenditure: moneyText, refund: moneyText, adjustment: moneyText }),
  problems: z.number().int(),
  firstProblems: z.array(importProblem),
});
export type ImportProgress = z.output<typeof importProgress>;

const FIRST_PROBLEMS = 20;

export const NOTHING_IMPORTED: ImportProgress = {
  segment: 0,
  next: { offset: 0, line: 1 },
  header: [],
  lines: 0,
  receipts: totalsOf([]),
  taxLines: 0,
  listPrices: { expenditure: '0.00', refund: '0.00', adjustment: '0.00' },
  problems: 0,
  firstProblems: [],
};

/** What one segment of the file came to. */
export interface SegmentResult {
  readonly next: CsvPosition;
  readonly header: readonly string[];
  readonly receipts: readonly Receipt[];
  readonly taxLines: number;
  readonly problems: readonly ImportProblem[];
}

export function advance(before: ImportProgress, result: SegmentResult): ImportProgress {
  return {
    segment: before.segment + 1,
    next: result.next,
    header: [...result.header],
    lines: before.lines + result.receipts.length + result.taxLines,
    receipts: plus(before.receipts, totalsOf(result.receipts)),
    taxLines: before.taxLines + result.taxLines,
    listPrices: withListPrices(before.listPrices, result.receipts),
    problems: before.problems + result.problems.length,
    firstProblems: [...before.firstProblems, ...result.problems].slice(0, FIRST_PROBLEMS),
  };
}

function plus(a: ImportProgress['receipts'], b: ImportProgress['receipts']): ImportProgress['receipts'] {
  const total = { ...a };
  for (const kind of RECEIPTS) total[kind] += b[kind];
  return total;
}

/** Sums of what this file brought in; duplicates were counted when they came first. */
function withListPrices(
  before: ImportProgress['listPrices'],
  receipts: readonly Receipt[],
): ImportProgress['listPrices'] {
  const total = { ...before };
  for (const billType of BILL_TYPES) {
    let listPrice = parseMoney(before[billType]);
    for (const { receipt, charge } of receipts) {
      const brought = receipt === 'counted' || receipt === 'late';
      if (brought && charge?.billType === billType) listPrice = add(listPrice, charge.listPrice);
    }
    total[billType] = exactText(listPrice);
  }
  return total;
}
