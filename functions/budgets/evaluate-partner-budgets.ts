import { evaluatePage, evaluationMessage } from '#lib/budgets/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'evaluate-partner-budgets',
  summary: "Evaluates a page of a partner's budgets, touching only customers whose state changes.",
  rules: 'CUS-104 to CUS-114, CUS-257',
  queue: 'budget-evaluations',
  timeoutSeconds: 120,
  batchSize: 1,
  message: evaluationMessage,
  run: async (message, { now }) => evaluatePage(message, now),
});
