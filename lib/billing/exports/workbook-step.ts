import type { ExportProgress } from '#lib/shared/exports/progress.ts';
import type { StepTaken } from '#lib/shared/exports/run-job.ts';
import { writeXlsx } from '#lib/shared/exports/xlsx-file.ts';
import type { Job } from '#lib/shared/job.ts';
import { END, type Row, type RowSource } from './source.ts';

const BYTES_A_PART = 6_000_000;

/**
 * Takes an export as workbooks one step on: the next whole one, because a compressed stream cannot be taken up by another invocation
 * (decision 41). The step is repeated with the same outcome when the progress behind it was not kept.
 */
export async function workbookStep(
  job: Job,
  { files, after }: ExportProgress,
  source: RowSource,
  rowsAFile: number,
): Promise<StepTaken> {
  const reading = startReading(source, after, rowsAFile);
  const first = await reading.rows.next();
  if (first.done && files.length > 0) return { done: job.done, completed: true, progress: { after: END, files } };
  const fileName = `${source.name}${files.length > 0 ? `-${files.length + 1}` : ''}.xlsx`;
  const key = `exports/${job.ownerId}/${job.jobId}/${fileName}`;
  const rows = await writeXlsx({ key, sheet: 'Export' }, sheetOf(source, first, reading.rows), BYTES_A_PART);
  const done = job.done + rows;
  const completed = rows < rowsAFile;
  if (completed && job.total !== undefined && done !== job.total)
    throw new Error(`export ${job.jobId}: ${done} of ${job.total}`);
  const written = { after: completed ? END : reading.after(), files: [...files, { key, fileName, rows }] };
  return { done, completed, progress: written };
}

/** Rows of one workbook, and how far they came. */
function startReading(source: RowSource, from: string, most: number) {
  let after = from;
  async function* read(): AsyncGenerator<Row> {
    let count = 0;
    for await (const page of source.read(from)) {
      for (const row of page) {
        after = row.place;
        yield row;
        count += 1;
        if (count === most) return;
      }
    }
  }
  return { rows: read(), after: () => after };
}

async function* sheetOf(
  { titles, figures }: RowSource,
  first: IteratorResult<Row>,
  rest: AsyncGenerator<Row>,
): AsyncGenerator<(string | number)[]> {
  yield [...titles];
  const isFigure = titles.map((title) => figures.has(title));
  const toCells = ({ cells }: Row) => cells.map((cell, i) => (isFigure[i] ? figureOf(cell) : cell));
  if (!first.done) yield toCells(first.value);
  for await (const row of rest) yield toCells(row);
}

/** A workbook has no exact decimals: what it could not hold to the last digit stays a text. */
export function figureOf(text: string): string | number {
  const digits = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  if (!digits) return text;
  const significant = `${digits[1]}${(digits[2] ?? '').replace(/0+$/, '')}`.replace(/^0+/, '');
  return significant.length <= 15 ? Number(text) : text;
}
