import type { Instant } from '#lib/shared/time.ts';
import { fieldsOfAll } from './csv-fields.ts';
import type { CsvRecord } from './csv-records.ts';
import { chargeOfLine } from './focus.ts';
import type { ImportProblem, SegmentResult } from './import-progress.ts';
import { ingest } from './ingest.ts';
import type { Receipt } from './receipt.ts';

type Line =
  | { readonly kind: 'charge'; readonly line: number; readonly raw: object }
  | { readonly kind: 'tax'; readonly line: number }
  | { readonly kind: 'broken'; readonly line: number; readonly detail: string };

/** Takes in lines of a file; each leaves a receipt, a broken one a rejection. */
export async function takeLines(
  jobId: string,
  header: readonly string[],
  records: readonly CsvRecord[],
  now: Instant,
): Promise<Omit<SegmentResult, 'next' | 'header'>> {
  const lines = read(header, records);
  const charges = lines.filter((line) => line.kind === 'charge');
  const broken = lines.filter((line) => line.kind === 'broken');
  const counted = await ingest(
    charges.map(({ raw, line }) => ({ raw, mark: `import:${jobId}:${line}` })),
    now,
  );
  const problems = [
    ...broken.map(({ line, detail }): ImportProblem => ({ line, code: 'LINE_BROKEN', detail, receipt: 'rejected' })),
    ...charges.flatMap(({ line }, i) => problemOf(line, counted[i])),
  ];
  return {
    receipts: [...counted, ...broken.map((): Receipt => ({ receipt: 'rejected' }))],
    taxLines: lines.filter(({ kind }) => kind === 'tax').length,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function read(header: readonly string[], records: readonly CsvRecord[]): Line[] {
  const fieldsOfRecords = fieldsOfAll(records.map((record) => ('text' in record ? record.text : '')));
  return records.map((record, i): Line => {
    const { line } = record;
    if (!('text' in record)) return { kind: 'broken', line, detail: `${record.broken}: ${record.excerpt}` };
    const fields = fieldsOfRecords[i];
    if (!fields) return { kind: 'broken', line, detail: 'has a quote out of place' };
    if (fields.length !== header.length) {
      return { kind: 'broken', line, detail: `has ${fields.length} columns instead of ${header.length}` };
    }
    const raw = chargeOfLine(header, fields);
    return raw ? { kind: 'charge', line, raw } : { kind: 'tax', line };
  });
}

function problemOf(line: number, receipt: Receipt | undefined): ImportProblem[] {
  if (receipt?.code === undefined) return [];
  const { code, reasons = [], recordId, quarantineEntryId } = receipt;
  const detail = reasons.map((reason) => `${reason.pointer} ${reason.detail}`).join('; ');
  return [{ line, code, detail: detail.slice(0, 200), receipt: receipt.receipt, recordId, quarantineEntryId }];
}
