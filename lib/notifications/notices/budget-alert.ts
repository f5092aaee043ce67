import type * as z from 'zod';
import { budgetAlertRaised } from '#events/budgets.ts';
import { recipientsAt } from '#lib/budgets/index.ts';
import { type Customer, loadCustomer } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import type { Destination, Notice } from '../message.ts';
import type { BudgetAdvice, Values } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer, type Moment } from './composer.ts';
import { inboxesFor } from './freeze.ts';
import { amountText, partnersOf, requirePartner, type Voice, voiceOf } from './voice.ts';

type Alert = z.output<typeof budgetAlertRaised.detail>;

/** CUS-115: the recipients of the tier-1 partner and, for a reseller's customer, of the reseller too; never the customer. */
export const budgetAlertNotice = composer(budgetAlertRaised, async (alert, moment) => {
  const [partners, customer, tierOne] = await Promise.all([
    partnersOf(alert),
    loadCustomer(alert.customerId),
    requirePartner(alert.partnerId),
  ]);
  return Promise.all(partners.map((partner) => alertNotice(alert, partner, customer, tierOne.paymentCurrency, moment)));
});

async function alertNotice(
  alert: Alert,
  partner: Partner,
  customer: Customer | undefined,
  currency: string,
  { occurredAt, now }: Moment,
): Promise<Notice> {
  const voice = voiceOf(partner);
  const urgent = alert.threshold === 100 || alert.frozenNow; // CUS-119
  return {
    template: 'budget-alert',
    language: voice.language,
    values: valuesOf(alert, currency, voice),
    destinations: [...(await outwardDestinations(partner, instant(alert.raisedAt))), ...inboxesFor(partner, customer)],
    sendAfter: urgent ? occurredAt : nextOpening(now, voice.zone),
    alertIds: alert.alertIds,
  };
}

/** CUS-116: mail to every recipient, SMS too where the partner switched it on. CUS-117: without recipients, the contact. */
export async function outwardDestinations(partner: Partner, at: Instant): Promise<Destination[]> {
  const recipients = await recipientsAt(partner.partnerId, at);
  const { email, mobileNumber } = partner.contact;
  const told: { email?: string; phone?: string }[] =
    recipients.length > 0 ? recipients : [{ email, phone: mobileNumber }];
  return told.flatMap((each): Destination[] => [
    ...(each.email ? [{ channel: 'email' as const, to: each.email }] : []),
    ...(partner.budgetSmsEnabled && each.phone ? [{ channel: 'sms' as const, to: each.phone }] : []),
  ]);
}

/** CUS-118. The budget has the tier-1 partner's payment currency (CUS-254). */
function valuesOf(alert: Alert, currency: string, { terms, time }: Voice): Values {
  return {
    accountName: alert.accountName,
    threshold: String(alert.threshold),
    percent: alert.percent,
    budgetType: terms.budgetType[alert.budgetType],
    amount: amountText(alert.amount),
    usage: amountText(alert.usage),
    currency,
    period: alert.budgetType === 'one-time' ? `${terms.since} ${alert.period}` : alert.period,
    mode: terms.mode[alert.exhaustionMode],
    raisedAt: time(alert.raisedAt),
    restriction: terms.restriction[alert.restriction],
    advice: terms.budgetAdvice[adviceOn(alert)],
  };
}

/** What the partner can do about it (CUS-110, CUS-111, CUS-118). */
export function adviceOn({ restriction, threshold, exhaustionMode }: Alert): BudgetAdvice {
  if (restriction === 'account-frozen' || restriction === 'resources-frozen') return 'raise-and-unfreeze';
  if (threshold === 100) return exhaustionMode === 'manual' ? 'raise-or-freeze' : 'raise-at-once';
  return exhaustionMode === 'manual' ? 'raise-before-limit' : 'raise-before-freeze';
}
