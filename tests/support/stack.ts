import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import { type EventEnvelope, eventEnvelope } from '#lib/shared/outbox.ts';
import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import type { Instant } from '#lib/shared/time.ts';
import { instant } from '#lib/shared/time.ts';
import { loadFunctions } from '../../infra/local/functions.ts';
import { provision, unprovision } from '../../infra/local/provision.ts';
import { createPump, type Pump } from '../../infra/local/pump.ts';
import { loadResources, type Resources } from '../../infra/local/templates.ts';

let pump: Pump | undefined;
let resources: Resources = {};
let published: EventEnvelope[] = [];
const prefix = (): string => process.env.RESOURCE_PREFIX ?? '';

/** Gives the test file its own tables, queues, topic and bucket, created from the templates in infra/; call it once, at the top. */
export function useStack(): void {
  beforeAll(async () => {
    resources = loadResources();
    await provision(prefix(), resources);
    pump = createPump(await loadFunctions(), {
      redeliverAtOnce: true,
      onStreamRecords: (event) => event.Records.forEach(remember),
    });
  });
  afterAll(async () => {
    await pump?.stop();
    await unprovision(prefix(), resources);
    pump = undefined;
    published = [];
  });
}

/** Publishes and consumes until nothing moves any more; failed messages come again at once, up to their last delivery. */
export const drain = async (): Promise<number> => running().drain();

/** Everything that was committed to the outbox so far, in order; `names` picks. */
export async function publishedEvents(...names: readonly string[]): Promise<EventEnvelope[]> {
  await running().pumpStreams();
  return published.filter((event) => names.length === 0 || names.includes(event.name));
}

/** Runs a scheduled job as the scheduler would at `dueAt`; the clock stays where it is. */
export async function runSchedule(handler: ScheduleHandler, dueAt: string | Instant): Promise<void> {
  await handler({ time: instant(dueAt) });
}

function running(): Pump {
  if (!pump) throw new Error('the test file has no stack: call useStack() at its top');
  return pump;
}

function remember(record: DynamoDBRecord): void {
  const image = record.dynamodb?.NewImage;
  if (record.eventName !== 'INSERT' || !image?.pk?.S?.startsWith('EVENT#')) return;
  const parsed = eventEnvelope.parse({
    id: image.id?.S,
    name: image.name?.S,
    version: Number(image.version?.N),
    occurredAt: image.occurredAt?.S,
    requestId: image.requestId?.S,
    detail: JSON.parse(image.detail?.S ?? ''),
  });
  published.push(parsed);
}
