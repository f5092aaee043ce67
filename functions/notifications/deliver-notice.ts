import { deliveryCommand, runDelivery } from '#lib/notifications/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'deliver-notice',
  summary: 'Hands one mail or SMS to its provider, or hands a page of due ones on.',
  rules: 'CUS-120, CUS-263',
  queue: 'deliveries',
  timeoutSeconds: 60,
  batchSize: 5, // five answers that never come still fit into the time
  maximumConcurrency: 10, // the provider limits how many mails it takes per second
  message: deliveryCommand,
  run: (command, { now }) => runDelivery(command, now),
});
