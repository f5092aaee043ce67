import * as z from 'zod';
import { billEstimateRefreshed } from '#events/bill-estimates.ts';
import { billIssued, billNoPaymentDue, billPaid } from '#events/billing.ts';
import { accountCredited } from '#events/ledger.ts';
import { billWrittenOff, cardChargeFailed, paymentCardActivated, repaymentSucceeded } from '#events/repayments.ts';
import { checkQuota } from '#lib/repayments/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

const ofPartner = z.object({ partnerId: z.string() });

export const handler = consumer({
  name: 'follow-consumption-quota',
  summary: 'Checks the consumption quota of a partner whose bills, balance or cards have moved.',
  rules: 'FIN-94 to FIN-97, FIN-104',
  queue: 'quota-events',
  timeoutSeconds: 60,
  events: [
    billEstimateRefreshed,
    billIssued,
    billNoPaymentDue,
    billPaid,
    billWrittenOff,
    accountCredited,
    repaymentSucceeded,
    cardChargeFailed,
    paymentCardActivated,
  ],
  run: ({ detail }, { now }) => checkQuota(ofPartner.parse(detail).partnerId, now),
});
