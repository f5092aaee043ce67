import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { defineErrors, type ErrorDefinition, toProblem } from '#lib/shared/errors.ts';
import type { HttpResult } from '#lib/shared/operation.ts';
import { epochMs, type Instant, instant, instantOfEpochMs, instantText } from '#lib/shared/time.ts';
import type { LocalRoute } from './gateway.ts';
import type { JobRun, Pace } from './scheduler.ts';

/** What the clock routes need of the stack. */
export interface MovableStack {
  now(): Instant;
  moveClock(to: Instant, pace?: Pace): Promise<JobRun[]>;
}

const controlErrors = defineErrors({
  CLOCK_REQUEST_INVALID: {
    status: 400,
    message:
      'Send {"now": "2024-10-05T02:00:00+08:00"} or {"advance": "PT1H"}, and "pace": "latest" to run each job once.',
  },
  CLOCK_GOES_FORWARD: { status: 422, message: 'The clock can only be moved forward.' },
});

const duration = z.string().transform((text, context) => {
  try {
    return Temporal.Duration.from(text);
  } catch {
    context.addIssue('must be an ISO 8601 duration');
    return z.NEVER;
  }
});
/** `latest`: of each job the last time alone, so that a month is over in seconds. */
const pace = z.enum(['every', 'latest'] satisfies Pace[]).default('every');
const request = z.union([z.strictObject({ now: instantText, pace }), z.strictObject({ advance: duration, pace })]);

/** Reading and moving the clock, which exists on the local stack alone. */
export function clockRoutes(stack: MovableStack): Record<string, LocalRoute> {
  return {
    'GET /local/clock': async () => json(200, { now: stack.now() }),
    'POST /local/clock': async (body) => {
      const wish = request.safeParse(parsed(body));
      if (!wish.success) return problem(controlErrors.CLOCK_REQUEST_INVALID);
      const to = 'now' in wish.data ? instant(wish.data.now) : later(stack.now(), wish.data.advance);
      if (to < stack.now()) return problem(controlErrors.CLOCK_GOES_FORWARD);
      const ran = await stack.moveClock(to, wish.data.pace);
      return json(200, { now: stack.now(), ran });
    },
  };
}

/** Days and months of a duration are those of the billing calendar. */
const later = (from: Instant, advance: Temporal.Duration): Instant =>
  instantOfEpochMs(
    Temporal.Instant.fromEpochMilliseconds(epochMs(from)).toZonedDateTimeISO('+08:00').add(advance).epochMilliseconds,
  );

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // refused by the schema
  }
}

const json = (statusCode: number, body: object): HttpResult => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const problem = (definition: ErrorDefinition): HttpResult => ({
  ...json(definition.status, toProblem(definition, 'local')),
  headers: { 'content-type': 'application/problem+json' },
});
