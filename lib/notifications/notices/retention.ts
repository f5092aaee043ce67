import { customerRetentionEnding } from '#events/customer-resources.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import { instant } from '#lib/shared/time.ts';
import { outwardDestinations } from './budget-alert.ts';
import { composer } from './composer.ts';
import { inboxesFor } from './freeze.ts';
import { partnersOf, voiceOf } from './voice.ts';

/** CUS-158, at once: to the recipients that a partner has for budget notices, and inside the product. */
export const retentionEndingNotice = composer(customerRetentionEnding, async (detail, { occurredAt }) => {
  const [partners, customer] = await Promise.all([partnersOf(detail), loadCustomer(detail.customerId)]);
  return Promise.all(
    partners.map(async (partner) => {
      const voice = voiceOf(partner);
      return {
        template: 'retention-ending' as const,
        language: voice.language,
        values: {
          accountName: detail.accountName,
          daysLeft: String(detail.daysLeft),
          retentionUntil: voice.time(detail.retentionUntil),
        },
        destinations: [
          ...(await outwardDestinations(partner, instant(detail.warnedAt))),
          ...inboxesFor(partner, customer),
        ],
        sendAfter: occurredAt,
      };
    }),
  );
});
