import { GROUP_TRIGGERS, onGroupEvent } from '#lib/groups/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'follow-group-usage',
  summary:
    'Compares a group with its plan and budget when usage, members or settings changed; whoever left the partner leaves its group; ' +
    'deliveries of alerts are noted.',
  rules: 'CUS-120, CUS-231, CUS-236, CUS-237, CUS-239, CUS-262',
  queue: 'group-usage',
  timeoutSeconds: 60,
  events: GROUP_TRIGGERS,
  run: async (event, { now }) => onGroupEvent(event, now),
});
