import { associationRequested } from '#events/association.ts';
import { associateInvited } from '#lib/customer-development/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'associate-invited-customer',
  summary: 'Checks and makes the association that an invited customer asked for.',
  rules: 'DEV-93 to DEV-108, DEV-201',
  queue: 'associations',
  timeoutSeconds: 60,
  events: [associationRequested],
  run: (event, { attempt, now }) => associateInvited(associationRequested.detail.parse(event.detail), attempt, now),
});
