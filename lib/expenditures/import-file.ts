import { readFile } from '#lib/shared/files.ts';
import type { Job } from '#lib/shared/job.ts';
import { fieldsOf } from './csv-fields.ts';
import { type CsvPosition, type CsvRecord, csvRecords } from './csv-records.ts';
import { headerProblem } from './focus.ts';
import { fileKey } from './import-job.ts';
import type { ImportProgress } from './import-progress.ts';

const BEGIN: CsvPosition = { offset: 0, line: 1 };

/** The header of a FOCUS file and where its first line is, or why nothing of it is imported. */
export async function readHeader({
  jobId,
  total,
}: Job): Promise<{ header: readonly string[]; next: CsvPosition } | { failure: string }> {
  if (total === 0) return { failure: 'The file is empty.' };
  for await (const record of csvRecords(await readFile(fileKey(jobId)), BEGIN, () => false)) {
    const header =
      'text' in record ? fieldsOf(record.text.replace(/^\uFEFF/, ''))?.map((name) => name.trim()) : undefined;
    const failure = header ? headerProblem(header) : 'The first line is no header of a CSV file in UTF-8.';
    return header === undefined || failure !== undefined ? { failure: failure ?? '' } : { header, next: record.next };
  }
  return { failure: 'The file is empty.' };
}

/** The records of the file from a position on; lines without any text are none. */
export async function* recordsFrom({ jobId, total }: Job, { next, header }: ImportProgress): AsyncGenerator<CsvRecord> {
  if (next.offset >= (total ?? 0)) return;
  const isRecord = (text: string): boolean => fieldsOf(text)?.length === header.length;
  for await (const record of csvRecords(await readFile(fileKey(jobId), next.offset), next, isRecord)) {
    if (!('text' in record) || record.text.trim() !== '') yield record;
  }
}
