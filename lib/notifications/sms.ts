import { smsGateway } from '#lib/shared/resources.ts';
import { sendMail } from './mail.ts';
import type { Outcome } from './message.ts';

export interface Sms {
  readonly messageId: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

/**
 * Hands one SMS over, by mail to `<number>@<gateway>`. Whichever SMS provider a deployment has stands behind that gateway; the local
 * stack's gateway is its mail inbox, where SMS can be read beside the mails and no store ever holds a code (ORG-177).
 */
export function sendSms({ messageId, to, text }: Sms): Promise<Outcome> {
  const address = `${to.replace(/^\+/, '')}@${smsGateway()}`;
  return sendMail({ messageId, to: address, subject: `SMS ${to}`, text });
}
