import { billBalanceApplied, cardChargeDue } from '#events/repayments.ts';
import { chargeCards } from '#lib/repayments/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'charge-cards',
  summary: "Charges a partner's cards with what its balance left of a bill, one charge at a time.",
  rules: 'FIN-88 to FIN-91, FIN-97',
  queue: 'card-charges',
  timeoutSeconds: 60,
  batchSize: 2,
  events: [billBalanceApplied, cardChargeDue],
  run: (event, { now }) => chargeCards(event, now),
});
