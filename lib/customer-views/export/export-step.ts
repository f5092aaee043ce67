import * as z from 'zod';
import { harmless, toCsv } from '#lib/shared/exports/csv.ts';
import type { ExportProgress } from '#lib/shared/exports/progress.ts';
import type { Limits, StepTaken } from '#lib/shared/exports/run-job.ts';
import { writeXlsx } from '#lib/shared/exports/xlsx-file.ts';
import { finishUpload, startUpload, uploadPart } from '#lib/shared/files.ts';
import type { Job } from '#lib/shared/job.ts';
import type { Instant } from '#lib/shared/time.ts';
import { NOT_APPLICABLE, titlesOf } from './columns.ts';
import { exportParameters } from './export-job.ts';
import { rowReader } from './rows.ts';

const position = z.record(z.string(), z.unknown());
const CSV = 'text/csv; charset=utf-8';
/** Stands as the position behind the last row. */
const END = 'end';

/**
 * Takes an export one step on: a whole workbook, the next part of a CSV, or the file of its stored parts. The step is repeated with the
 * same outcome when the progress behind it was not kept.
 */
export async function exportStep(job: Job, progress: ExportProgress, limits: Limits, now: Instant): Promise<StepTaken> {
  const { files, open, after } = progress;
  const { format, partnerType, scope } = exportParameters.parse(job.parameters);
  const fileName = `customers${files.length > 0 ? `-${files.length + 1}` : ''}.${format}`;
  const file = { key: `exports/${job.ownerId}/${job.jobId}/${fileName}`, fileName };
  if (open?.ended) {
    await finishUpload(file.key, open.uploadId, open.tags);
    const written = [...files, { ...file, rows: open.rows }];
    return { done: job.done, completed: after === END, progress: { after, files: written } };
  }
  const reader = new Stretches(job, after, now, limits);
  const titles = titlesOf(partnerType, scope);
  if (format === 'csv') return csvStep(job, progress, { ...file, titles, reader, limits });
  const first = await reader.next(limits.rowsAFile);
  // The file before was full with the last row: there is nothing for another one.
  if (files.length > 0 && first.length === 0)
    return { done: job.done, completed: true, progress: { after: END, files } };
  const all = rowsOf(titles, first, reader, limits.rowsAFile);
  const rows = await writeXlsx({ key: file.key, sheet: 'Customers' }, all, limits.bytesAPart);
  const done = job.done + rows;
  const written = [...files, { ...file, rows }];
  return { done, completed: reader.after === END, progress: { after: reader.after, files: written } };
}

/** Header and rows of one workbook, read while it is written. */
async function* rowsOf(
  titles: readonly string[],
  first: Cells,
  reader: Stretches,
  rowsAFile: number,
): AsyncGenerator<string[]> {
  yield [...titles];
  let rows = 0;
  for (let cells = first; cells.length > 0; cells = await reader.next(rowsAFile - rows)) {
    for (const row of cells) yield [...row];
    rows += cells.length;
  }
}

interface CsvFile {
  readonly key: string;
  readonly titles: readonly string[];
  readonly reader: Stretches;
  readonly limits: Limits;
}

async function csvStep(job: Job, { files, open }: ExportProgress, file: CsvFile): Promise<StepTaken> {
  const { key, titles, reader, limits } = file;
  const before = open?.rows ?? 0;
  let text = '';
  let rows = 0;
  for (;;) {
    const cells = text.length < limits.bytesAPart ? await reader.next(limits.rowsAFile - before - rows) : [];
    if (cells.length === 0) break;
    text += toCsv(cells.map((row) => row.map((cell) => (cell === NOT_APPLICABLE ? cell : harmless(cell)))));
    rows += cells.length;
  }
  if (!open && files.length > 0 && rows === 0)
    return { done: job.done, completed: true, progress: { after: END, files } };
  const uploadId = open?.uploadId ?? (await startUpload(key, CSV));
  const tags = open?.tags ?? [];
  const tag = await uploadPart(key, uploadId, tags.length + 1, Buffer.from((open ? '' : toCsv([titles])) + text));
  const total = before + rows;
  const ended = reader.after === END || total === limits.rowsAFile;
  const state = { uploadId, tags: [...tags, tag], ended, rows: total, rowsInEntry: total };
  return { done: job.done + rows, completed: false, progress: { files, after: reader.after, open: state } };
}

type Cells = readonly (readonly string[])[];

/** Reads on from a position; `after` says how far it came. */
class Stretches {
  after: string;
  readonly #read: ReturnType<typeof rowReader>;
  readonly #rowsARead: number;

  constructor(job: Job, after: string, now: Instant, { rowsARead }: Limits) {
    this.after = after;
    this.#read = rowReader(job, now);
    this.#rowsARead = rowsARead;
  }

  /** The next rows, at most `room`; none when nothing is left, or no room. */
  async next(room: number): Promise<Cells> {
    while (this.after !== END && room > 0) {
      const from = this.after === '' ? undefined : position.parse(JSON.parse(this.after));
      const { cells, next } = await this.#read(from, Math.min(room, this.#rowsARead));
      this.after = next ? JSON.stringify(next) : END;
      if (cells.length > 0) return cells;
    }
    return [];
  }
}
