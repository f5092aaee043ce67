import { messageFailed } from '#events/notifications.ts';
import { resellerAssociationFailed, resellerAssociationRequested } from '#events/resellers.ts';
import { onResellerEvent } from '#lib/resellers/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'associate-reseller',
  summary:
    'Checks whoever asks to become a reseller and makes it one, or says what stands in the way; blocks its purchases.',
  rules: 'DEV-119 to DEV-124, DEV-200, DEV-201, ONB-31, ONB-32, ONB-137 to ONB-139',
  queue: 'reseller-associations',
  timeoutSeconds: 60,
  events: [resellerAssociationRequested, resellerAssociationFailed, messageFailed],
  run: (event, context) => onResellerEvent(event, context),
});
