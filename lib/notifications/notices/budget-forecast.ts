import { budgetForecastExceeded } from '#events/budget-forecasts.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import { instant } from '#lib/shared/time.ts';
import { nextOpening } from '../working-hours.ts';
import { outwardDestinations } from './budget-alert.ts';
import { composer } from './composer.ts';
import { inboxesFor } from './freeze.ts';
import { amountText, requirePartner, voiceOf } from './voice.ts';

/** To the partners that asked for it, in their working hours, by the ways of budget notices (CUS-116, CUS-119). */
export const budgetForecastNotice = composer(budgetForecastExceeded, async (detail, { now }) => {
  const [partners, customer, tierOne] = await Promise.all([
    Promise.all(detail.tell.map(requirePartner)),
    loadCustomer(detail.customerId),
    requirePartner(detail.partnerId),
  ]);
  return Promise.all(
    partners.map(async (partner) => {
      const voice = voiceOf(partner);
      return {
        template: 'budget-forecast' as const,
        language: voice.language,
        values: {
          accountName: detail.accountName,
          exhaustedOn: detail.exhaustedOn,
          month: detail.month,
          amount: amountText(detail.amount),
          usage: amountText(detail.usage),
          expectedUsage: amountText(detail.expectedUsage),
          currency: tierOne.paymentCurrency,
          mode: voice.terms.mode[detail.exhaustionMode],
        },
        destinations: [
          ...(await outwardDestinations(partner, instant(detail.raisedAt))),
          ...inboxesFor(partner, customer),
        ],
        sendAfter: nextOpening(now, voice.zone),
      };
    }),
  );
});
