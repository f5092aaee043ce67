import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { nextDue } from '../../infra/local/cron.ts';
import { handlersOf, loadFunctions } from '../../infra/local/functions.ts';

const functions = await loadFunctions();
const schedules = new Map(handlersOf(functions, 'schedule').map(({ definition }) => [definition.name, definition]));

/** When a job is due for the first time after `after`, in GMT+08:00 or UTC as the test writes it. */
const dueAfter = (name: string, after: string): string | undefined => {
  const definition = schedules.get(name);
  if (!definition) throw new Error(`there is no job ${name}`);
  return nextDue(definition.schedule, definition.timezone, instant(after));
};

describe('the schedules of the product owner', () => {
  it('FIN-07: the bill run is due at 02:00 GMT+08:00 on the 5th, which is 18:00 UTC on the 4th', () => {
    expect(dueAfter('start-monthly-billing', '2024-08-01T00:00:00Z')).toBe(instant('2024-08-04T18:00:00Z'));
    expect(dueAfter('start-monthly-billing', '2024-08-04T18:00:00Z')).toBe(instant('2024-09-04T18:00:00Z'));
  });

  it('FIN-20: the watchdog looks at 10:00 and at noon on the 5th', () => {
    expect(dueAfter('watch-bill-run', '2024-08-05T02:00:00+08:00')).toBe(instant('2024-08-05T10:00:00+08:00'));
    expect(dueAfter('watch-bill-run', '2024-08-05T10:00:00+08:00')).toBe(instant('2024-08-05T12:00:00+08:00'));
  });

  it('CUS-104, CUS-256: budgets are evaluated every hour on the hour', () => {
    expect(dueAfter('evaluate-budgets', '2024-08-06T10:59:59Z')).toBe(instant('2024-08-06T11:00:00Z'));
    expect(dueAfter('evaluate-budgets', '2024-08-06T11:00:00Z')).toBe(instant('2024-08-06T12:00:00Z'));
  });

  it('CUS-257: monthly budgets are restored at 00:00 GMT+08:00 on the 1st', () => {
    expect(dueAfter('restore-monthly-budgets', '2024-08-28T00:00:00Z')).toBe(instant('2024-08-31T16:00:00Z'));
  });

  it('FIN-65: the estimate is refreshed every day at 01:00 GMT+08:00', () => {
    expect(dueAfter('refresh-bill-estimates', '2024-08-06T01:00:00+08:00')).toBe(instant('2024-08-07T01:00:00+08:00'));
  });
});

describe('queued work', () => {
  it.each([
    ['CUS-262', 'count-expenditure', 'expenditures'],
    ['CUS-263', 'deliver-notice', 'deliveries'],
    ['CUS-264', 'run-export', 'exports'],
  ])('%s: %s works off the queue %s', (_rule, name, queue) => {
    const consumer = handlersOf(functions, 'consumer').find(({ definition }) => definition.name === name);
    expect(consumer?.definition.queue).toBe(queue);
  });
});
