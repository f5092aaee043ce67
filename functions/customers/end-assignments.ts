import { endAssignments, endingMessage } from '#lib/customers/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'end-assignments',
  summary: 'Notes the assignments of a shard whose end has come.',
  rules: 'CUS-042, CUS-258',
  queue: 'assignment-endings',
  timeoutSeconds: 60,
  batchSize: 1,
  message: endingMessage,
  run: async (message, { now }) => endAssignments(message, now),
});
