import { customerAssociated } from '#events/customers.ts';
import { memberInbox } from '../inbox.ts';
import { composer } from './composer.ts';
import { requirePartner, voiceOf } from './voice.ts';

/** CUS-188, CUS-191: the account manager whose invitation brought the customer is told. */
export const associatedNotice = composer(customerAssociated, async (detail, { occurredAt }) => {
  if (!detail.accountManagerId) return [];
  const { language, time } = voiceOf(await requirePartner(detail.resellerId ?? detail.partnerId));
  return [
    {
      template: 'account-manager-assigned',
      language,
      values: { accountName: detail.accountName, since: time(detail.since) },
      destinations: [{ channel: 'in-app', to: memberInbox(detail.accountManagerId) }],
      sendAfter: occurredAt,
    },
  ];
});
