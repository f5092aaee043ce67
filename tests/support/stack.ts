import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { type EventEnvelope, eventEnvelope } from '#lib/shared/outbox.ts';
import type { QueueName } from '#lib/shared/resources.ts';
import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import { instant } from '#lib/shared/time.ts';
import { loadFunctionsOf } from '../../infra/local/functions.ts';
import { type Notification, type PaymentEngine, startPayments } from '../../infra/local/payment-engine.ts';
import { type PlatformEngine, startPlatform } from '../../infra/local/platform-engine.ts';
import { provision, unprovision } from '../../infra/local/provision.ts';
import { createPump, type Pump } from '../../infra/local/pump.ts';
import { bodiesIn } from '../../infra/local/queue-inspection.ts';
import { endFaults } from './faults.ts';
import { invoke } from './invoke.ts';
import { type Mail, MailProvider } from './mail.ts';

interface Running {
  readonly pump: Pump;
  readonly mail: MailProvider;
  readonly published: EventEnvelope[];
}

let current: Running | undefined;
let mail: MailProvider | undefined;
let platform: PlatformEngine | undefined;
let payments: PaymentEngine | undefined;
let untold: Notification[] = [];

/** Gives the test file its own tables, queues, topic and bucket, created from the templates in infra/; call it once, at the top. */
export function useStack(): void {
  const prefix = process.env.RESOURCE_PREFIX ?? '';
  const resources = inject('resources');
  beforeAll(async () => {
    await provision(prefix, resources);
    platform = await startPlatform({ port: 0 }); // in this process: it shares the clock of the tests
    process.env.PLATFORM_URL = platform.url;
    payments = await startPayments({ port: 0, notify: takeNotification });
    process.env.PAYMENTS_URL = payments.url;
    const published: EventEnvelope[] = [];
    mail ??= new MailProvider(inject('endpoints').mail);
    await mail.start();
    const onStreamRecords = ({ Records }: { Records: DynamoDBRecord[] }) =>
      void published.push(...Records.flatMap(toEvent));
    current = {
      pump: createPump(await loadFunctionsOf('stream', 'consumer'), { redeliverAtOnce: true, onStreamRecords }),
      mail,
      published,
    };
  });
  afterEach(() => {
    endFaults();
    current?.mail.works();
  });
  afterAll(async () => {
    mail?.stop();
    await current?.pump.stop();
    await platform?.stop();
    await payments?.stop();
    untold = [];
    await unprovision(prefix, resources);
    current = undefined;
  });
}

/** Publishes and consumes until nothing moves any more; failed messages come again at once, up to their last delivery. */
export const drain = (): Promise<number> => running().pump.drain();

/** Everything that was committed to the outbox so far, in order; `names` picks. */
export async function publishedEvents(...names: readonly string[]): Promise<EventEnvelope[]> {
  const { pump, published } = running();
  await pump.pumpStreams();
  return published.filter((event) => names.length === 0 || names.includes(event.name));
}

/** Runs a scheduled job as the scheduler would for `dueAt`, an RFC 3339 time; the clock stays where it is. */
export async function runSchedule(handler: ScheduleHandler, dueAt: string): Promise<void> {
  await handler({ time: instant(dueAt) });
}

/** Mails that this stack has sent so far, in order. */
export const sentMails = (): Promise<Mail[]> => running().mail.sent();

/** The stack's mail provider, which a test may let fail. */
export const mailProvider = (): MailProvider => running().mail;

/** Bodies of the messages that lie in the dead-letter queue of `queue`. */
export const deadLetters = (queue: QueueName): Promise<unknown[]> => bodiesOf(`${queue}-dead`);

/** Bodies of the messages that wait in `queue`; they stay there. */
export const waitingMessages = (queue: QueueName): Promise<unknown[]> => bodiesOf(queue);

async function bodiesOf(queue: string): Promise<unknown[]> {
  const bodies = await bodiesIn(`${process.env.RESOURCE_PREFIX}-${queue}`);
  return bodies.map((body): unknown => JSON.parse(body));
}

/** What the card processor has charged, and tried to. */
export const processorCharges = () => payments?.charges() ?? [];

/** Delivers what the card processor wanted to tell after its answers, `times` times each. */
export async function deliverPaymentNotifications(times = 1): Promise<void> {
  const due = untold;
  untold = [];
  for (const notification of due) for (let i = 0; i < times; i += 1) await tell(notification);
}

/** What comes before the processor's answer is delivered there and then, the rest when a test asks for it. */
async function takeNotification(notification: Notification, when: 'before' | 'after'): Promise<void> {
  if (when === 'before') await tell(notification);
  else untold.push(notification);
}

async function tell(notification: Notification): Promise<void> {
  const { handler } = await import('../../functions/repayments/receive-payment-notification.ts');
  const { status } = await invoke(handler, { body: notification });
  if (status !== 200) throw new Error(`a notification was answered with ${status}`);
}

function running(): Running {
  if (!current) throw new Error('the test file has no stack: call useStack() at its top');
  return current;
}

function toEvent({ eventName, dynamodb }: DynamoDBRecord): EventEnvelope[] {
  const image = dynamodb?.NewImage;
  if (eventName !== 'INSERT' || !image?.pk?.S?.startsWith('EVENT#')) return [];
  const fields = {
    id: image.id?.S,
    name: image.name?.S,
    occurredAt: image.occurredAt?.S,
    requestId: image.requestId?.S,
  };
  return [
    eventEnvelope.parse({ ...fields, version: Number(image.version?.N), detail: JSON.parse(image.detail?.S ?? '') }),
  ];
}
