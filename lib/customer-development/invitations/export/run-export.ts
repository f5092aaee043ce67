import type { MessageContext } from '#lib/shared/consumer.ts';
import { type Limits, takeSteps, workOnExport } from '#lib/shared/exports/run-job.ts';
import { exportStep } from './export-step.ts';

const LIMITS: Limits = {
  rowsAFile: 100_000, // DEV-193
  bytesAPart: 6_000_000, // a part of an upload has at least 5 MB, unless it is the last
  rowsARead: 500,
};
/** An invocation goes no further than the step that reaches this many rows; the next message goes on. */
const ROWS_AT_ONCE = 200_000;

/**
 * Goes on with an export. @returns whether another message has to go on from here
 * @param limits smaller in tests
 */
export function runInvitationExport(
  jobId: string,
  context: MessageContext,
  limits: Partial<Limits & { rowsAtOnce: number }> = {},
): Promise<boolean> {
  const { rowsAtOnce = ROWS_AT_ONCE, ...smaller } = limits;
  const { now } = context;
  return workOnExport(jobId, context, (job) =>
    takeSteps(job, (at, progress) => exportStep(at, progress, { ...LIMITS, ...smaller }, now), rowsAtOnce, now),
  );
}
