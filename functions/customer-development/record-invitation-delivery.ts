import { messageFailed } from '#events/notifications.ts';
import { recordFailedDelivery } from '#lib/customer-development/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'record-invitation-delivery',
  summary: 'Notes at an invitation that the mail of its latest sending failed for good.',
  rules: 'DEV-64, DEV-200',
  queue: 'invitation-deliveries',
  timeoutSeconds: 20,
  events: [messageFailed],
  run: async ({ detail }, { now }) => recordFailedDelivery(messageFailed.detail.parse(detail), now),
});
