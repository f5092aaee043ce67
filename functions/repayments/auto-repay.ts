import { billIssued } from '#events/billing.ts';
import { accountCredited } from '#events/ledger.ts';
import { autoRepay } from '#lib/repayments/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'auto-repay',
  summary: 'Pays open bills from the account balance, oldest cycle first, after an issue and after every income.',
  rules: 'FIN-85 to FIN-88',
  queue: 'auto-repayments',
  timeoutSeconds: 60,
  events: [billIssued, accountCredited],
  run: (event, { now }) => autoRepay(event, now),
});
