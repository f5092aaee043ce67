import { SYSTEM } from './actor.ts';
import { inCall } from './call.ts';
import { count, log, publishMetrics } from './log.ts';
import { type Instant, instant } from './time.ts';

/** A scheduled job. Its time is the time it was due (`time` of the event), so a late run computes the right hour or month (CUS-252, FIN-165). */
export interface ScheduleDefinition {
  readonly name: string;
  readonly summary: string;
  readonly rules: string;
  /** EventBridge Scheduler expression in `timezone`, e.g. `cron(0 2 5 * ? *)`. */
  readonly schedule: string;
  readonly timezone: string;
  readonly timeoutSeconds: number;
  run(dueAt: Instant): Promise<void>;
}

export interface ScheduledEvent {
  readonly time: string;
  readonly id?: string;
}

export interface ScheduleHandler {
  (event: ScheduledEvent): Promise<void>;
  readonly definition: ScheduleDefinition & { readonly kind: 'schedule' };
}

/** GMT+08:00 without daylight saving, under the name that EventBridge Scheduler accepts. */
export const BILLING_TIME_ZONE = 'Asia/Singapore';

export function schedule(declared: ScheduleDefinition): ScheduleHandler {
  const handler = async (event: ScheduledEvent): Promise<void> => {
    const dueAt = instant(event.time);
    try {
      await inCall(
        { operation: declared.name, requestId: event.id ?? `${declared.name}@${dueAt}`, now: dueAt, actor: SYSTEM },
        () => declared.run(dueAt),
      );
    } catch (error) {
      log.error('job failed', error, { job: declared.name });
      count('JobFailed');
      throw error; // the scheduler repeats it and finally puts it on the dead-letter queue
    } finally {
      publishMetrics();
    }
  };
  return Object.assign(handler, { definition: { ...declared, kind: 'schedule' as const } });
}
