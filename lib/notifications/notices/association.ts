import type * as z from 'zod';
import { customerAssociationFailed, instructionsToSign } from '#events/association.ts';
import { customerAssociated } from '#events/customers.ts';
import { loadCustomer, managingPartner } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { memberInbox } from '../inbox.ts';
import type { Destination, Notice } from '../message.ts';
import type { Terms } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer, type Moment } from './composer.ts';
import { toAdmins } from './reseller-permission.ts';
import { requirePartner, type Voice, voiceOf } from './voice.ts';

type Associated = z.output<typeof customerAssociated.detail>;

/**
 * DEV-06, DEV-105: both sides of an association that an invitation or a ticket made are told. CUS-188, CUS-191: so is the account
 * manager whose invitation brought the customer, however it was made.
 */
export const associatedNotice = composer(customerAssociated, async (detail, moment) => {
  const partner = await requirePartner(managingPartner(detail));
  const toManager = await managerNotice(detail, partner, moment);
  if (!detail.origin) return toManager;
  return [...toManager, partnerNotice(detail, partner, moment), ...(await customerNotice(detail, partner, moment))];
});

async function managerNotice(detail: Associated, partner: Partner, { occurredAt }: Moment): Promise<Notice[]> {
  const { accountName, accountManagerId, origin, since } = detail;
  if (!accountManagerId) return [];
  const { language, time } = voiceOf(partner);
  return [
    {
      template: 'account-manager-assigned',
      language,
      values: { accountName, since: time(since) },
      destinations: [
        { channel: 'in-app', to: memberInbox(accountManagerId) },
        ...(origin ? await mailTo(accountManagerId) : []),
      ],
      sendAfter: occurredAt,
    },
  ];
}

function partnerNotice(detail: Associated, partner: Partner, { occurredAt }: Moment): Notice {
  const { language, terms, time } = voiceOf(partner);
  return {
    template: 'customer-associated',
    language,
    values: { ...valuesOf(detail, { terms, time }), freeze: detail.frozen ? terms.customerFrozen : '' },
    destinations: toAdmins(partner),
    sendAfter: occurredAt,
  };
}

async function customerNotice(detail: Associated, partner: Partner, { occurredAt }: Moment): Promise<Notice[]> {
  const email = (await loadCustomer(detail.customerId))?.email;
  if (!email) return [];
  const { language, terms, time } = voiceOf(partner);
  return [
    {
      template: 'customer-associated-customer',
      language,
      values: { ...valuesOf(detail, { terms, time }), partnerName: partner.companyName },
      destinations: [{ channel: 'email', to: email }],
      sendAfter: occurredAt,
    },
  ];
}

/** DEV-93: the partner learns cause and advice. */
export const associationFailedNotice = composer(customerAssociationFailed, async (detail, { occurredAt }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, terms, time } = voiceOf(partner);
  const failure = failureOf(terms, detail.code);
  return [
    {
      template: 'customer-association-failed',
      language,
      values: {
        accountName: detail.accountName ?? '',
        associationModel: terms.associationModel[detail.type],
        cause: failure.message,
        advice: failure.advice,
        failedAt: time(detail.failedAt),
      },
      destinations: [...toAdmins(partner), ...(await toMember(detail.accountManagerId))],
      sendAfter: occurredAt,
    },
  ];
});

/** DEV-203: the customer is told, in the language of its partner; the prompt itself is on its partner page. */
export const instructionsNotice = composer(instructionsToSign, async (detail, { now }) => {
  const [partner, customer] = await Promise.all([requirePartner(detail.partnerId), loadCustomer(detail.customerId)]);
  if (!customer?.email) return [];
  const { language, zone } = voiceOf(partner);
  return [
    {
      template: 'instructions-to-sign',
      language,
      values: { partnerName: partner.companyName, version: detail.agreementVersion, title: detail.title },
      destinations: [{ channel: 'email', to: customer.email }],
      sendAfter: nextOpening(now, zone),
    },
  ];
});

const failureOf = ({ associationFailure }: Terms, code: string): { message: string; advice: string } =>
  Object.entries(associationFailure).find(([known]) => known === code)?.[1] ?? { message: code, advice: '' };

const valuesOf = (
  { type, since, frozen, accountName }: Associated,
  { terms, time }: Pick<Voice, 'terms' | 'time'>,
) => ({
  accountName,
  associationModel: terms.associationModel[type],
  associationType: terms.associationType[type],
  since: time(since),
  freeze: frozen ? terms.defaultFreeze : '',
});

async function toMember(memberId: string | undefined): Promise<Destination[]> {
  return memberId ? [{ channel: 'in-app', to: memberInbox(memberId) }, ...(await mailTo(memberId))] : [];
}

async function mailTo(memberId: string): Promise<Destination[]> {
  const member = await loadMember(memberId);
  return member ? [{ channel: 'email', to: member.email }] : [];
}
