import { budgetChanged } from '#events/budgets.ts';
import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import { closeCarriedOut, toHappening } from '#lib/budgets/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'close-carried-out-requests',
  summary: 'Closes a reseller’s request once its distributor has made the change.',
  rules: 'CUS-177',
  queue: 'control-requests',
  timeoutSeconds: 20,
  events: [budgetChanged, customerFrozen, customerUnfrozen],
  run: async (event, { now }) => {
    const happening = toHappening(event);
    if (happening) await closeCarriedOut(happening, now);
  },
});
