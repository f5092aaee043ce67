import { resellerPermissionChanged } from '#events/budgets.ts';
import { resellerDelegationChanged } from '#events/resellers.ts';
import type { Partner } from '#lib/partners/index.ts';
import { roleInbox } from '../inbox.ts';
import type { Notice } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { amountText, contactMail, requirePartner, voiceOf } from './voice.ts';

/** DEV-06, DEV-131: both sides are told, inside the product and by mail, the mail within working hours. */
export const resellerPermissionNotice = composer(resellerPermissionChanged, async (detail, { now }) => {
  const sides = await Promise.all([requirePartner(detail.distributorId), requirePartner(detail.resellerId)]);
  const [distributor, reseller] = sides;
  return sides.map((partner): Notice => {
    const { language, terms, time, zone } = voiceOf(partner);
    const quota = (amount: string) => (detail.authorized ? `${amountText(amount)} ${distributor.paymentCurrency}` : '');
    return {
      template: 'reseller-permission-changed',
      language,
      values: {
        resellerName: reseller.companyName,
        distributorName: distributor.companyName,
        what: terms.permission[detail.authorized ? 'granted' : 'withdrawn'],
        monthlyQuota: quota(detail.monthlyQuota),
        oneTimeQuota: quota(detail.oneTimeQuota),
        changedAt: time(detail.changedAt),
      },
      destinations: toAdmins(partner),
      sendAfter: nextOpening(now, zone),
    };
  });
});

/** DEV-06, DEV-136: likewise of the switch for work on behalf of customers. */
export const resellerDelegationNotice = composer(resellerDelegationChanged, async (detail, { now }) => {
  const sides = await Promise.all([requirePartner(detail.distributorId), requirePartner(detail.resellerId)]);
  const [distributor, reseller] = sides;
  return sides.map((partner): Notice => {
    const { language, terms, time, zone } = voiceOf(partner);
    return {
      template: 'reseller-delegation-changed',
      language,
      values: {
        resellerName: reseller.companyName,
        distributorName: distributor.companyName,
        what: terms.permission[detail.authorized ? 'granted' : 'withdrawn'],
        changedAt: time(detail.changedAt),
      },
      destinations: toAdmins(partner),
      sendAfter: nextOpening(now, zone),
    };
  });
});

/** A partner's Admins inside the product, and its contact by mail. */
export const toAdmins = (partner: Partner): Notice['destinations'] => [
  { channel: 'in-app', to: roleInbox(partner.partnerId, 'admin') },
  ...contactMail(partner),
];
