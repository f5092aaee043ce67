import { rollUp, rollUpMessage } from '#lib/groups/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'roll-up-groups',
  summary: 'Sums up the groups of a partner, one after the other.',
  rules: 'CUS-236, CUS-239, CUS-265',
  queue: 'group-roll-ups',
  timeoutSeconds: 60,
  batchSize: 1,
  message: rollUpMessage,
  run: async (message, { now }) => rollUp(message, now),
});
