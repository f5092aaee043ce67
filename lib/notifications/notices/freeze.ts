import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import { type Customer, loadCustomer } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { memberInbox, roleInbox } from '../inbox.ts';
import type { Destination, Notice } from '../message.ts';
import type { Values } from '../templates/content.ts';
import { composer, type Moment } from './composer.ts';
import { partnersOf, type Voice, voiceOf } from './voice.ts';

/** CUS-150, at once (ORG-67). The freeze that comes with a new association is told by nobody: nothing was taken away (CUS-021). */
export const frozenNotice = composer(customerFrozen, async (detail, moment) => {
  if (detail.cause === 'association-default') return [];
  const { accountName, cause, level, reason = '', frozenAt, retentionUntil } = detail;
  return freezeNotices(detail, moment, {
    toPartner: 'customer-frozen',
    toCustomer: 'customer-frozen-customer',
    values: ({ terms, time }) => ({
      accountName,
      level: terms.freezeLevel[level],
      cause: terms.freezeCause[cause],
      reason,
      frozenAt: time(frozenAt),
      retentionUntil: retentionUntil ? time(retentionUntil) : '',
    }),
  });
});

/** CUS-169. Who left has other news than that the old partner's freeze is over. */
export const unfrozenNotice = composer(customerUnfrozen, async (detail, moment) => {
  if (detail.cause === 'association-ended') return [];
  const { accountName, cause, levelBefore, reason = '', unfrozenAt } = detail;
  return freezeNotices(detail, moment, {
    toPartner: 'customer-unfrozen',
    toCustomer: 'customer-unfrozen-customer',
    values: ({ terms, time }) => ({
      accountName,
      level: terms.freezeLevel[levelBefore],
      cause: terms.unfreezeCause[cause],
      reason,
      unfrozenAt: time(unfrozenAt),
    }),
  });
});

interface Wording {
  readonly toPartner: 'customer-frozen' | 'customer-unfrozen';
  readonly toCustomer: 'customer-frozen-customer' | 'customer-unfrozen-customer';
  values(voice: Voice): Values;
}

type Named = { readonly customerId: string; readonly partnerId: string; readonly resellerId?: string };

/** CUS-150: Admin and account manager of the customer's partners inside the product, the customer by mail. */
async function freezeNotices(named: Named, { occurredAt }: Moment, wording: Wording): Promise<Notice[]> {
  const [partners, customer] = await Promise.all([partnersOf(named), loadCustomer(named.customerId)]);
  const inApp = partners.map((partner): Notice => {
    const voice = voiceOf(partner);
    return {
      template: wording.toPartner,
      language: voice.language,
      values: wording.values(voice),
      destinations: inboxesFor(partner, customer),
      sendAfter: occurredAt,
    };
  });
  const own = partners.at(-1);
  return own && customer?.email ? [...inApp, toCustomer(own, customer.email, occurredAt, wording)] : inApp;
}

/** The mail names the partner that the customer deals with, in its language; the reason stays with the partner (CUS-150). */
function toCustomer(partner: Partner, to: string, sendAfter: Notice['sendAfter'], wording: Wording): Notice {
  const voice = voiceOf(partner);
  const { reason: _reason, cause: _cause, ...values } = wording.values(voice);
  return {
    template: wording.toCustomer,
    language: voice.language,
    values: { ...values, partnerName: partner.companyName },
    destinations: [{ channel: 'email', to }],
    sendAfter,
  };
}

/** A partner's Admins and its own account manager of the customer (CUS-189: each partner keeps its own). */
export function inboxesFor({ partnerId }: Partner, customer: Customer | undefined): Destination[] {
  const managerId = customer?.association?.accountManagers[partnerId];
  const inboxes = [roleInbox(partnerId, 'admin'), ...(managerId ? [memberInbox(managerId)] : [])];
  return inboxes.map((to) => ({ channel: 'in-app', to }));
}
