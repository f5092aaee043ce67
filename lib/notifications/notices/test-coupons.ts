import { testCouponsReported } from '#events/coupons.ts';
import { instant } from '#lib/shared/time.ts';
import { composer } from './composer.ts';
import { amountText, billAddresses, requirePartner, voiceOf } from './voice.ts';

/** FIN-139, FIN-140: to the account address and the financial contact, at 09:00 on the partner's wall clock, whatever the day of the week. */
export const testCouponsNotice = composer(testCouponsReported, async (report) => {
  const partner = await requirePartner(report.partnerId);
  const { language } = voiceOf(partner);
  const { currency, customers, customerCount } = report;
  return [
    {
      template: 'test-coupons-reported',
      language,
      values: {
        partnerName: partner.companyName,
        month: report.month,
        couponsUsed: `${amountText(report.couponsUsed)} ${currency}`,
        estimatedAmountDue: `${amountText(report.estimatedAmountDue)} ${currency}`,
        customers: customers
          .map(
            (each) => `${each.accountName}: ${amountText(each.couponsUsed)} / ${amountText(each.estimatedAmountDue)}`,
          )
          .join('; '),
        others: customerCount > customers.length ? String(customerCount - customers.length) : '',
      },
      destinations: billAddresses(partner),
      sendAfter: instant(report.sendAfter),
    },
  ];
});
