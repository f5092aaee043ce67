import { verificationCodeRequested } from '#events/verification.ts';
import { validUntil } from '#lib/shared/challenge.ts';
import { isCriticalOperation } from '#lib/shared/critical.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import { instant } from '#lib/shared/time.ts';
import type { Destination } from '../message.ts';
import type { Terms } from '../templates/content.ts';
import { composer } from './composer.ts';
import { requirePartner, voiceOf } from './voice.ts';

/** ORG-172: to the acting person's own number or address, at once (ORG-67). The code itself is added when the message leaves. */
export const verificationCodeNotice = composer(verificationCodeRequested, async (detail, { occurredAt }) => {
  const member = await loadMember(detail.memberId);
  if (!member) throw new Error(`no member ${detail.memberId}`);
  const { language, terms, time } = voiceOf(await requirePartner(member.partnerId));
  const notAfter = validUntil(instant(detail.requestedAt));
  return [
    {
      template: 'verification-code',
      language,
      values: {
        challengeId: detail.challengeId,
        requestedAt: detail.requestedAt,
        operation: operationText(terms, detail.operationKey),
        validUntil: time(notAfter),
      },
      destinations: destinationOf(member, detail.channel),
      sendAfter: occurredAt,
      notAfter,
    },
  ];
});

const operationText = (terms: Terms, key: string): string => (isCriticalOperation(key) ? terms.operation[key] : key);

/** Somebody whose number was removed since then gets nothing: the code would go to nobody. */
function destinationOf({ mobileNumber, email }: MemberIdentity, channel: 'sms' | 'email'): Destination[] {
  const to = channel === 'sms' ? mobileNumber : email;
  return to ? [{ channel, to }] : [];
}
