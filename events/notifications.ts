import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** The provider took a mail or SMS that announces budget alerts; whoever owns the alerts keeps how they were delivered (CUS-120). */
export const messageSent = defineEvent({
  name: 'message.sent',
  version: 1,
  detail: z.object({
    messageId: z.string(),
    causeEventId: z.string(),
    causeEventName: z.string(),
    channel: z.enum(['email', 'sms']),
    alertIds: z.array(z.string()),
    sentAt: z.string(),
  }),
});

/** CUS-120. A mail or SMS was refused for good: the first attempt and three more. The recipient is not named. */
export const messageFailed = defineEvent({
  name: 'message.failed',
  version: 1,
  detail: z.object({
    messageId: z.string(),
    /** The event that the message was composed for. */
    causeEventId: z.string(),
    causeEventName: z.string(),
    channel: z.enum(['email', 'sms']),
    /** The budget alerts that it announces; none for other messages. */
    alertIds: z.array(z.string()),
    /** The sending that it carried out, of an invitation say. */
    about: z.object({ id: z.string(), sendCount: z.number().int() }).optional(),
    reason: z.string(),
    failedAt: z.string(),
  }),
});
