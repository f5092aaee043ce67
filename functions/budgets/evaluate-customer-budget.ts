import { usageMoved } from '#events/expenditures.ts';
import { evaluateCustomer } from '#lib/budgets/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'evaluate-customer-budget',
  summary: "Evaluates a customer's budget as soon as its usage counter moved.",
  rules: 'CUS-105 to CUS-112',
  queue: 'usage-moved',
  timeoutSeconds: 30,
  events: [usageMoved],
  run: async (event, { now }) => {
    const { partnerId, customerId } = usageMoved.detail.parse(event.detail);
    await evaluateCustomer(partnerId, customerId, now);
  },
});
