import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Tracing, turn } from './tracing.ts';
import { loadTracing, putTracing } from './tracing-store.ts';

/** Turns the customer's tracing on or off; what happened before stays untraced (ORD-151). Turning it twice is turning it once. */
export const setTracing = (customerId: string, enabled: boolean, now: Instant): Promise<Tracing | undefined> =>
  redecide(async () => {
    const last = await loadTracing(customerId);
    const next = turn(last, enabled, now);
    if (!next) return last;
    await transact({
      writes: [putTracing(customerId, next)],
      trace: { customerId, before: { enabled: last?.enabled ?? false }, after: { enabled } },
    });
    return next;
  });
