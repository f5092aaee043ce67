import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { epochSeconds, type Instant, plus } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type ImportProblem, importProblem } from './import-progress.ts';

const KEPT_DAYS = 30; // as long as the job (spec note 14)

const pk = (jobId: string): string => `JOB#${jobId}`;
const sk = (segment: number): string => `PROBLEMS#${String(segment).padStart(8, '0')}`;
const END = 'PROBLEMS#~'; // sorts behind every digit

/** All problems of a segment in one item, put in the transaction that moves the job on. */
export function putProblems(jobId: string, segment: number, problems: readonly ImportProblem[], now: Instant): Write {
  return {
    table: 'jobs',
    put: {
      pk: pk(jobId),
      sk: sk(segment),
      segment,
      problems: gzipSync(JSON.stringify(problems)),
      expiresAt: epochSeconds(plus(now, { days: KEPT_DAYS })),
    },
    condition: 'attribute_not_exists(pk)',
  };
}

/** A position among the problems: a segment, and how many of its problems were read. */
export type ProblemPosition = z.output<typeof problemPosition>;
export const problemPosition = z.object({ segment: z.number().int(), skip: z.number().int() });

/** Problems in the order of the file. */
export async function listProblems(
  jobId: string,
  limit: number,
  from: ProblemPosition,
): Promise<{ problems: ImportProblem[]; next?: ProblemPosition }> {
  const problems: ImportProblem[] = [];
  let { segment, skip } = from;
  for (let item = await firstFrom(jobId, segment); item; item = await firstFrom(jobId, segment)) {
    if (problems.length === limit) return { problems, next: { segment, skip } };
    const all = problemsIn(item).slice(Number(item.segment) === segment ? skip : 0);
    const taken = all.slice(0, limit - problems.length);
    problems.push(...taken);
    const partly = taken.length < all.length;
    skip = partly ? (Number(item.segment) === segment ? skip : 0) + taken.length : 0;
    segment = Number(item.segment) + (partly ? 0 : 1);
  }
  return { problems };
}

async function firstFrom(jobId: string, segment: number): Promise<Item | undefined> {
  const page = await queryPage({ table: 'jobs', pk: pk(jobId), sk: { between: [sk(segment), END] }, limit: 1 });
  return page.items[0];
}

function problemsIn({ problems }: Item): ImportProblem[] {
  const packed = problems instanceof Uint8Array ? gunzipSync(problems).toString('utf8') : '[]';
  return z.array(importProblem).parse(JSON.parse(packed));
}
