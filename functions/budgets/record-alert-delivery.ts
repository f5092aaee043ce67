import { messageFailed, messageSent } from '#events/notifications.ts';
import { recordDelivery } from '#lib/budgets/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'record-alert-delivery',
  summary: 'Notes at an alert whether its message left or failed for good.',
  rules: 'CUS-107, CUS-120, CUS-244',
  queue: 'alert-deliveries',
  timeoutSeconds: 20,
  events: [messageSent, messageFailed],
  run: async (event) => {
    if (event.name === messageSent.name) await recordDelivery(messageSent.detail.parse(event.detail).alertIds, 'sent');
    else await recordDelivery(messageFailed.detail.parse(event.detail).alertIds, 'failed');
  },
});
