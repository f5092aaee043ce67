import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { mailSender } from '#lib/shared/resources.ts';
import { mailProvider, sentMails, useStack } from '../support/index.ts';

useStack();

const send = (subject: string) =>
  new SESv2Client({ maxAttempts: 1 }).send(
    new SendEmailCommand({
      FromEmailAddress: mailSender(),
      Destination: { ToAddresses: ['mia@example.com'] },
      Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Hello' } } } },
    }),
  );

describe('mail provider', () => {
  it('keeps what was sent, refuses and loses answers when told to', async () => {
    await send('first');
    mailProvider().failNext(1);
    await expect(send('refused')).rejects.toThrow();
    mailProvider().failNext(1, { status: 503, when: 'after' });
    await expect(send('taken, answer lost')).rejects.toThrow();

    expect(await sentMails()).toMatchObject([
      { to: ['mia@example.com'], subject: 'first', text: 'Hello' },
      { subject: 'taken, answer lost' },
    ]);
    expect(mailProvider().asked).toBe(3);
  });
});
