import { setTimeout as sleep } from 'node:timers/promises';
import { atBusinessTime, type BusinessDay, type Instant, plus } from '#lib/shared/time.ts';
import { inZone } from '#lib/shared/zone.ts';
import type { LocalStack } from '../stack.ts';
import { upload } from './api.ts';
import type { Cast } from './cast.ts';
import type { Progress } from './progress.ts';
import type { UsageFile } from './usage-file.ts';

const FEED_DELAY_MINUTES = 10; // usage arrives about ten minutes after it happened (CUS-102)
const AFTER_THE_RUN = atBusinessTime('2024-10-05' as BusinessDay, '12:05:00');
const MONDAY_AFTERNOON = atBusinessTime('2024-10-07' as BusinessDay, '16:00:00'); // the 5th is a Saturday, and bill mails keep working hours

/** The month, half a day at a time: time moves, the jobs that became due run, the usage of the half day arrives as a file. */
export async function playTheMonth(stack: LocalStack, cast: Cast, file: UsageFile, progress: Progress): Promise<void> {
  const total = file.deliveries.length + 2;
  for (const [done, { completeThrough, csv }] of file.deliveries.entries()) {
    progress.show(done, total, `${dayOf(completeThrough)}  usage arrives`);
    await stack.moveClock(plus(completeThrough, { minutes: FEED_DELAY_MINUTES }), 'latest');
    await importFile(cast, `usage-${completeThrough.slice(0, 13)}.csv`, csv, completeThrough);
    await stack.drain();
  }
  progress.show(total - 2, total, '2024-10-05  bills are issued');
  await stack.moveClock(AFTER_THE_RUN, 'latest');
  progress.show(total - 1, total, '2024-10-07  bills are mailed');
  await stack.moveClock(MONDAY_AFTERNOON, 'latest');
  progress.show(total, total, '2024-10-07  done');
}

interface ImportJob {
  readonly jobId: string;
  readonly status: string;
  readonly uploadUrl: string;
}

async function importFile(cast: Cast, fileName: string, csv: string, completeThrough: Instant): Promise<void> {
  const job = await cast.operator.post<ImportJob>('/v1/expenditure-imports', {
    fileName,
    format: 'focus-1.0',
    completeThrough,
  });
  await upload(job.uploadUrl, csv);
  await cast.operator.post(`/v1/expenditure-imports/${job.jobId}/start`);
  for (;;) {
    const { status } = await cast.operator.get<ImportJob>(`/v1/expenditure-imports/${job.jobId}`);
    if (status === 'completed') return;
    if (status === 'failed') throw new Error(`the import of ${fileName} failed`);
    await sleep(20);
  }
}

const dayOf = (time: Instant): string => inZone(plus(time, { seconds: -1 }), 'Asia/Singapore').date;
