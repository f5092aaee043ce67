import { controlRequested } from '#events/control-requests.ts';
import type { Notice } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { toAdmins } from './reseller-permission.ts';
import { amountText, requirePartner, voiceOf } from './voice.ts';

/** CUS-177: the distributor's Admins are told inside the product and by mail, the mail within working hours. */
export const controlRequestNotice = composer(controlRequested, async (detail, { now }): Promise<Notice[]> => {
  const [distributor, reseller] = await Promise.all([
    requirePartner(detail.distributorId),
    requirePartner(detail.resellerId),
  ]);
  const { language, terms, time, zone } = voiceOf(distributor);
  const { accountName, kind, wishedAmount, requestedAt } = detail;
  return [
    {
      template: 'control-requested',
      language,
      values: {
        resellerName: reseller.companyName,
        accountName,
        wish: terms.controlWish[kind],
        amount: wishedAmount === undefined ? '' : `${amountText(wishedAmount)} ${distributor.paymentCurrency}`,
        requestedAt: time(requestedAt),
      },
      destinations: toAdmins(distributor),
      sendAfter: nextOpening(now, zone),
    },
  ];
});
