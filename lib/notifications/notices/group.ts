import { groupBudgetAlertRaised, groupUsageReached } from '#events/groups.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { instant } from '#lib/shared/time.ts';
import { roleInbox } from '../inbox.ts';
import type { Notice } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { outwardDestinations } from './budget-alert.ts';
import { composer } from './composer.ts';
import { amountText, requirePartner, voiceOf } from './voice.ts';

/** CUS-239: one message inside the product to the Admins of the partner that the group belongs to. */
export const groupUsageNotice = composer(groupUsageReached, async (reached, { occurredAt }) => {
  const partner = await requirePartner(reached.parentId);
  const { language, terms, time } = voiceOf(partner);
  return [
    {
      template: 'group-usage-reached',
      language,
      values: {
        groupName: reached.groupName,
        planName: reached.planName,
        period: reached.period,
        state: terms.groupUsage[reached.state],
        lines: reached.lines.map((line) => `${line.metric}: ${line.used} / ${line.expected} ${line.unit}`).join('; '),
        reachedAt: time(reached.reachedAt),
      },
      destinations: inboxOf(partner),
      sendAfter: occurredAt,
    },
  ];
});

/** The recipients of the partner's budget alerts hear of its groups' budgets as well; at 100 percent at once (CUS-115 to CUS-119). */
export const groupBudgetAlertNotice = composer(groupBudgetAlertRaised, async (alert, { occurredAt, now }) => {
  const partner = await requirePartner(alert.parentId);
  const { language, time, zone } = voiceOf(partner);
  return [
    {
      template: 'group-budget-alert',
      language,
      values: {
        groupName: alert.groupName,
        threshold: String(alert.threshold),
        percent: alert.percent,
        amount: amountText(alert.amount),
        usage: amountText(alert.usage),
        currency: await currencyOf(partner),
        period: alert.period,
        raisedAt: time(alert.raisedAt),
      },
      destinations: [...(await outwardDestinations(partner, instant(alert.raisedAt))), ...inboxOf(partner)],
      sendAfter: alert.threshold === 100 ? occurredAt : nextOpening(now, zone),
      alertIds: alert.alertIds,
    },
  ];
});

const inboxOf = ({ partnerId }: Partner): Notice['destinations'] => [
  { channel: 'in-app', to: roleInbox(partnerId, 'admin') },
];

/** CUS-254: usage of a reseller's customers is counted in its distributor's payment currency. */
async function currencyOf(partner: Partner): Promise<string> {
  const distributor = partner.distributorId === undefined ? undefined : await loadPartner(partner.distributorId);
  return (distributor ?? partner).paymentCurrency;
}
