import { composeMessages, NOTICE_EVENTS } from '#lib/notifications/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'compose-messages',
  summary: 'Writes the mails, SMS and in-app messages that an event asks for.',
  rules: 'ORD-159, ORG-66, CUS-115 to CUS-119, CUS-150, CUS-169',
  queue: 'notifications',
  timeoutSeconds: 30,
  events: NOTICE_EVENTS,
  run: (event, { now }) => composeMessages(event, now),
});
