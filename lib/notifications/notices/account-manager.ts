import { accountManagerAssigned } from '#events/customers.ts';
import { memberInbox } from '../inbox.ts';
import { composer } from './composer.ts';
import { requirePartner, voiceOf } from './voice.ts';

/** CUS-191: who is given a customer is told inside the product. */
export const managerAssignedNotice = composer(accountManagerAssigned, async (detail, { occurredAt }) => {
  const { language, time } = voiceOf(await requirePartner(detail.partnerId));
  return [
    {
      template: 'account-manager-assigned',
      language,
      values: { accountName: detail.accountName, since: time(detail.assignedAt) },
      destinations: [{ channel: 'in-app', to: memberInbox(detail.memberId) }],
      sendAfter: occurredAt,
    },
  ];
});
