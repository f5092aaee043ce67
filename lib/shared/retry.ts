import { setTimeout as sleep } from 'node:timers/promises';

/** Waits with full jitter, at most `ceilingMs`: 20 ms, 40 ms, 80 ms … */
export async function backoff(attempt: number, ceilingMs = 2_000): Promise<void> {
  await sleep(Math.random() * Math.min(ceilingMs, 20 * 2 ** attempt));
}
