import { recordTrace, TRACED_EVENTS } from '#lib/audit/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'record-trace',
  summary: "Writes a traced operation into the customer's own trace service.",
  rules: 'ORD-151, ORD-152, ORD-154 to ORD-157',
  queue: 'traces',
  timeoutSeconds: 30,
  events: TRACED_EVENTS,
  run: (event, { now }) => recordTrace(event, now),
});
