import type * as z from 'zod';
import {
  customerVerificationCodeRequested,
  registrationCodeRequested,
  verificationCodeRequested,
} from '#events/verification.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import { validUntil } from '#lib/shared/challenge.ts';
import { loadChallenge } from '#lib/shared/challenge-store.ts';
import { isCriticalOperation } from '#lib/shared/critical.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { registrantAddress } from '#lib/shared/registrant-code.ts';
import { instant } from '#lib/shared/time.ts';
import type { Destination, Notice } from '../message.ts';
import type { Terms } from '../templates/content.ts';
import { composer, type Moment } from './composer.ts';
import { OPERATORS_VOICE, requirePartner, type Voice, voiceOf, voiceTo } from './voice.ts';

/** ORG-172: to the acting person's own number or address, at once (ORG-67). The code itself is added when the message leaves. */
export const verificationCodeNotice = composer(verificationCodeRequested, async (detail, moment) => {
  const member = await loadMember(detail.memberId);
  if (!member) throw new Error(`no member ${detail.memberId}`);
  const voice = voiceOf(await requirePartner(member.partnerId));
  return [codeNotice(detail, voice, destinationOf(member, detail.channel), moment)];
});

/** The same to a customer (ORD-28), in the language of its partner. */
export const customerVerificationCodeNotice = composer(customerVerificationCodeRequested, async (detail, moment) => {
  const customer = await loadCustomer(detail.customerId);
  if (!customer) throw new Error(`no customer ${detail.customerId}`);
  return [codeNotice(detail, await voiceTo(customer), destinationOf(customer, detail.channel), moment)];
});

/** DEV-86: to the address that is to be registered, which only the challenge knows; in English, since nobody is known yet. */
export const registrationCodeNotice = composer(registrationCodeRequested, async (detail, moment) => {
  const challenge = await loadChallenge(detail.challengeId, moment.now);
  const to = challenge && registrantAddress(challenge);
  const asked = { ...detail, channel: 'email', operationKey: 'register-account' } as const;
  return to ? [codeNotice(asked, OPERATORS_VOICE, [{ channel: 'email', to }], moment)] : [];
});

type Asked = Omit<z.output<typeof verificationCodeRequested.detail>, 'memberId'>;

function codeNotice(
  { challengeId, requestedAt, operationKey }: Asked,
  { language, terms, time }: Voice,
  destinations: Notice['destinations'],
  { occurredAt }: Moment,
): Notice {
  const notAfter = validUntil(instant(requestedAt));
  const operation = operationText(terms, operationKey);
  return {
    template: 'verification-code',
    language,
    values: { challengeId, requestedAt, operation, validUntil: time(notAfter) },
    destinations,
    sendAfter: occurredAt,
    notAfter,
  };
}

const operationText = (terms: Terms, key: string): string => (isCriticalOperation(key) ? terms.operation[key] : key);

/** Somebody whose number was removed since then gets nothing: the code would go to nobody. */
function destinationOf(
  { mobileNumber, email }: { readonly mobileNumber?: string; readonly email?: string },
  channel: 'sms' | 'email',
): Destination[] {
  const to = channel === 'sms' ? mobileNumber : email;
  return to ? [{ channel, to }] : [];
}
