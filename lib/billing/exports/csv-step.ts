import type { ExportProgress } from '#lib/shared/exports/progress.ts';
import { finishUpload, startUpload, uploadPart } from '#lib/shared/files.ts';
import type { Job } from '#lib/shared/job.ts';
import type { BillLine } from '../line.ts';
import { lineSort } from '../line-page.ts';
import { listPages } from '../line-page-store.ts';
import { detailHeader, detailRows } from './csv.ts';
import { addRows, endFile, type FileForm, type FileState, isFull, roomIn, startFile } from './export-file.ts';

/** A part of an upload has at least 5 MB, unless it is the last. */
const BYTES_AT_ONCE = 6_000_000;
const PAGES_A_READ = 5;

export interface DetailsExport {
  readonly job: Job;
  readonly billId: string;
  readonly form: FileForm;
}

export interface StepTaken {
  readonly progress: ExportProgress;
  readonly done: number;
}

/**
 * Takes an export of bill details one step on: makes a file of its stored parts, or stores the next part. The step is repeated with the
 * same outcome when the progress behind it was not kept.
 */
export async function detailsStep(of: DetailsExport, progress: ExportProgress): Promise<StepTaken> {
  const { job, form } = of;
  const zipped = (job.total ?? 0) > form.rowsAPart;
  const { files, open } = progress;
  const fileName = `${form.name}${files.length > 0 ? `-${files.length + 1}` : ''}.${zipped ? 'zip' : 'csv'}`;
  const key = `exports/${job.ownerId}/${job.jobId}/${fileName}`;
  if (open?.ended) {
    await finishUpload(key, open.uploadId, open.tags);
    return {
      done: job.done,
      progress: { after: progress.after, files: [...files, { key, fileName, rows: open.rows }] },
    };
  }
  const chunk = await nextChunk(of, progress, open ?? startFile(zipped));
  const uploadId = open?.uploadId ?? (await startUpload(key, zipped ? 'application/zip' : 'text/csv; charset=utf-8'));
  const tags = open?.tags ?? [];
  const tag = await uploadPart(key, uploadId, tags.length + 1, chunk.bytes);
  return {
    done: chunk.done,
    progress: {
      files,
      after: chunk.after,
      open: { ...chunk.state, uploadId, tags: [...tags, tag], ended: chunk.ended },
    },
  };
}

interface Chunk {
  readonly bytes: Buffer;
  readonly state: FileState;
  readonly after: string;
  readonly done: number;
  readonly ended: boolean;
}

async function nextChunk({ job, billId, form }: DetailsExport, from: ExportProgress, file: FileState): Promise<Chunk> {
  const pieces: Buffer[] = [];
  let state = file;
  let { after } = from;
  let bytes = 0;
  let done = job.done;
  for await (const page of linesAfter(billId, after)) {
    for (let lines = page; lines.length > 0 && !isFull(state); ) {
      const taken = lines.slice(0, roomIn(state, form));
      const piece = addRows(state, form, detailRows(taken), taken.length);
      pieces.push(piece.bytes);
      bytes += piece.bytes.length;
      state = piece.state;
      after = sortOfLast(taken, after);
      done += taken.length;
      lines = lines.slice(taken.length);
    }
    if (isFull(state) || bytes >= BYTES_AT_ONCE) break;
  }
  const ended = isFull(state) || done === job.total;
  if (ended) pieces.push(endFile(state));
  else if (bytes < BYTES_AT_ONCE) throw new Error(`bill ${billId} has ${done} of ${job.total} lines`);
  return { bytes: Buffer.concat(pieces), state, after, done, ended };
}

/** Pages of a bill from behind a line on. */
async function* linesAfter(billId: string, after: string): AsyncGenerator<readonly BillLine[]> {
  let from = after;
  for (let more = true; more; ) {
    const answer = await listPages(billId, from, PAGES_A_READ);
    for (const page of answer.pages) {
      yield page.lines.filter((line) => lineSort(line.charge) > after);
      from = `${page.key}\u0001`;
    }
    more = answer.more;
  }
}

const sortOfLast = (lines: readonly BillLine[], otherwise: string): string => {
  const last = lines.at(-1);
  return last ? lineSort(last.charge) : otherwise;
};

export const detailsForm = (cycle: string, rowsAPart: number): FileForm => ({
  name: `bill-details-${cycle}`,
  header: detailHeader(),
  rowsAPart,
});
