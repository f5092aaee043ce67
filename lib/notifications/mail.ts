import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { mailSender } from '#lib/shared/resources.ts';
import type { MailAttachment, Outcome } from './message.ts';

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly MailAttachment[];
}

/** Answers that are about this one mail. Whatever else goes wrong is the provider's trouble, or ours with it, and passes. */
const REJECTIONS: ReadonlySet<string> = new Set(['MessageRejected', 'BadRequestException']);

let client: SESv2Client | undefined;

/** Hands one mail to the provider, once: repeating is decided where the message is kept, not inside the client. */
export async function sendMail({ messageId, to, subject, text, html, attachments }: Mail): Promise<Outcome> {
  const { SendEmailCommand, SESv2Client } = await import('@aws-sdk/client-sesv2');
  client ??= new SESv2Client({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  });
  const command = new SendEmailCommand({
    FromEmailAddress: mailSender(),
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Text: utf8(text), Html: html === undefined ? undefined : utf8(html) },
        Attachments: attachments && (await Promise.all(attachments.map(load))),
        // The same for every attempt at one message: whoever gets it twice after all can tell.
        Headers: [{ Name: 'X-Message-Id', Value: messageId }],
      },
    },
  });
  try {
    await client.send(command);
    return { kind: 'accepted' };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** What the provider takes a file as; the client of files is loaded by mails that carry one. */
async function load({ fileKey, fileName, contentType }: MailAttachment) {
  const [{ readFile }, { buffer }] = await Promise.all([
    import('#lib/shared/files.ts'),
    import('node:stream/consumers'),
  ]);
  return { FileName: fileName, ContentType: contentType, RawContent: await buffer(await readFile(fileKey)) };
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Error)) return { kind: 'unavailable', reason: 'unknown' };
  return { kind: REJECTIONS.has(error.name) ? 'rejected' : 'unavailable', reason: error.name };
}

const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });
