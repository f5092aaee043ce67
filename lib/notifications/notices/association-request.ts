import type * as z from 'zod';
import { associationRequestCreated, associationRequestProcessed } from '#events/association-requests.ts';
import { type Customer, loadCustomer } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { customerInbox, roleInbox } from '../inbox.ts';
import type { Destination, Notice } from '../message.ts';
import type { TemplateName, Values } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { contactMail, requirePartner, type Voice, voiceOf } from './voice.ts';

/** The side that did not ask has something to answer, or hears that nobody had to be asked (ORD-30, ORD-34); the partner within its working hours. */
export const requestCreatedNotice = composer(associationRequestCreated, async (request, { occurredAt, now }) => {
  const sides = await sidesOf(request);
  const done = request.status === 'completed';
  const values = (voice: Voice): Values => ({
    ...commonValues(request, sides.partner, voice),
    reason: request.reason ?? '',
    requestedAt: voice.time(request.requestedAt),
  });
  return request.initiatedBy === 'partner'
    ? [toCustomer(sides, done ? 'association-ended-customer' : 'association-request-customer', values, occurredAt)]
    : [
        toPartner(
          sides,
          done ? 'association-ended' : 'association-request',
          values,
          nextOpening(now, sides.voice.zone),
        ),
      ];
});

/** ORD-42: who asked hears of the answer at once, whatever the hour. */
export const requestProcessedNotice = composer(associationRequestProcessed, async (request, { occurredAt }) => {
  const sides = await sidesOf(request);
  const values = (voice: Voice): Values => ({
    ...commonValues(request, sides.partner, voice),
    decision: voice.terms.decision[request.decision],
    processedAt: voice.time(request.processedAt),
  });
  return request.initiatedBy === 'partner'
    ? [toPartner(sides, 'association-request-processed', values, occurredAt)]
    : [toCustomer(sides, 'association-request-processed-customer', values, occurredAt)];
});

interface Sides {
  readonly partner: Partner;
  readonly voice: Voice;
  readonly customer: Customer;
}

type Request = Omit<z.output<typeof associationRequestProcessed.detail>, 'decision' | 'processedAt'>;

async function sidesOf({ partnerId, customerId }: Request): Promise<Sides> {
  const [partner, customer] = await Promise.all([requirePartner(partnerId), loadCustomer(customerId)]);
  if (!customer) throw new Error(`no customer ${customerId}`);
  return { partner, voice: voiceOf(partner), customer };
}

const commonValues = (request: Request, { companyName }: Partner, { terms }: Voice): Values => ({
  accountName: request.accountName,
  partnerName: companyName,
  purpose: terms.associationPurpose[request.purpose],
  newType: request.newAssociationType ? terms.associationModel[request.newAssociationType] : '',
});

const toPartner = (
  { partner, voice }: Sides,
  template: TemplateName,
  values: (voice: Voice) => Values,
  sendAfter: Instant,
): Notice => ({
  template,
  language: voice.language,
  values: values(voice),
  destinations: [{ channel: 'in-app', to: roleInbox(partner.partnerId, 'admin') }, ...contactMail(partner)],
  sendAfter,
});

/** In the language of the partner that it is about. */
const toCustomer = (
  { customer: { customerId, email }, voice }: Sides,
  template: TemplateName,
  values: (voice: Voice) => Values,
  sendAfter: Instant,
): Notice => ({
  template,
  language: voice.language,
  values: values(voice),
  destinations: [
    { channel: 'in-app', to: customerInbox(customerId) },
    ...(email ? [{ channel: 'email', to: email } satisfies Destination] : []),
  ],
  sendAfter,
});
