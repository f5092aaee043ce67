import { harmless, toCsv } from '#lib/shared/exports/csv.ts';
import type { ExportProgress } from '#lib/shared/exports/progress.ts';
import type { StepTaken } from '#lib/shared/exports/run-job.ts';
import { finishUpload, startUpload, uploadPart } from '#lib/shared/files.ts';
import type { Job } from '#lib/shared/job.ts';
import { addRows, endFile, type FileForm, type FileState, isFull, roomIn, startFile } from './export-file.ts';
import { END, NOT_APPLICABLE, type Row, type RowSource } from './source.ts';

/** A part of an upload has at least 5 MB, unless it is the last. */
const BYTES_AT_ONCE = 6_000_000;

interface Csv {
  readonly job: Job;
  readonly source: RowSource;
  readonly form: FileForm;
}

/**
 * Takes an export as CSV one step on: makes a file of its stored parts, or stores the next part. The step is repeated with the same
 * outcome when the progress behind it was not kept.
 */
export async function csvStep(
  job: Job,
  progress: ExportProgress,
  source: RowSource,
  rowsAPart: number,
): Promise<StepTaken> {
  const zipped = (job.total ?? 0) > rowsAPart;
  const { files, open, after } = progress;
  const fileName = `${source.name}${files.length > 0 ? `-${files.length + 1}` : ''}.${zipped ? 'zip' : 'csv'}`;
  const key = `exports/${job.ownerId}/${job.jobId}/${fileName}`;
  if (open?.ended) {
    await finishUpload(key, open.uploadId, open.tags);
    const finished = { after, files: [...files, { key, fileName, rows: open.rows }] };
    return { done: job.done, completed: after === END, progress: finished };
  }
  const form = { name: source.name, header: toCsv([source.titles]), rowsAPart };
  const chunk = await nextChunk({ job, source, form }, after, open ?? startFile(zipped));
  // The file before was full with the last row: there is nothing for another one.
  if (!open && files.length > 0 && chunk.state.rows === 0)
    return { done: job.done, completed: true, progress: { after: END, files } };
  const uploadId = open?.uploadId ?? (await startUpload(key, zipped ? 'application/zip' : 'text/csv; charset=utf-8'));
  const tags = open?.tags ?? [];
  const tag = await uploadPart(key, uploadId, tags.length + 1, chunk.bytes);
  const state = { ...chunk.state, uploadId, tags: [...tags, tag], ended: chunk.ended };
  return { done: chunk.done, completed: false, progress: { files, after: chunk.after, open: state } };
}

interface Chunk {
  readonly bytes: Buffer;
  readonly state: FileState;
  readonly after: string;
  readonly done: number;
  readonly ended: boolean;
}

async function nextChunk({ job, source, form }: Csv, from: string, file: FileState): Promise<Chunk> {
  const pieces: Buffer[] = [];
  let state = file;
  let after = from;
  let bytes = 0;
  let done = job.done;
  let exhausted = true;
  for await (const page of source.read(after)) {
    for (let rows = page; rows.length > 0 && !isFull(state); ) {
      const taken = rows.slice(0, roomIn(state, form));
      const piece = addRows(state, form, textOf(taken, source), taken.length);
      pieces.push(piece.bytes);
      bytes += piece.bytes.length;
      state = piece.state;
      after = taken.at(-1)?.place ?? after;
      done += taken.length;
      rows = rows.slice(taken.length);
    }
    exhausted = !isFull(state) && bytes < BYTES_AT_ONCE;
    if (!exhausted) break;
  }
  if (exhausted) {
    if (job.total !== undefined && done !== job.total) throw new Error(`export ${job.jobId}: ${done} of ${job.total}`);
    if (state.rows === 0) pieces.push(Buffer.from(form.header));
    after = END;
  }
  const ended = exhausted || isFull(state);
  if (ended) pieces.push(endFile(state));
  return { bytes: Buffer.concat(pieces), state, after, done, ended };
}

const textOf = (rows: readonly Row[], { verbatim = false }: RowSource): string =>
  toCsv(
    rows.map(({ cells }) =>
      verbatim ? cells : cells.map((cell) => (cell === NOT_APPLICABLE ? cell : harmless(cell))),
    ),
  );
