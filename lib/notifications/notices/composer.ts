import type * as z from 'zod';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import type { EventDefinition } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Notice } from '../message.ts';

/** Who is told what when an event happened. */
export interface Composer {
  readonly definition: EventDefinition;
  compose(event: ReceivedEvent, now: Instant): Promise<Notice[]>;
}

export interface Moment {
  readonly occurredAt: Instant;
  readonly now: Instant;
}

/** A composer for the detail that the event's own schema describes. */
export const composer = <Detail extends z.ZodType>(
  definition: EventDefinition<Detail>,
  compose: (detail: z.output<Detail>, moment: Moment) => Promise<Notice[]>,
): Composer => ({
  definition,
  compose: (event, now) => compose(definition.detail.parse(event.detail), { occurredAt: event.occurredAt, now }),
});
