import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** ORG-10. Roles or status of a member were changed, in force with its next request. */
export const memberModified = defineEvent({
  name: 'member.modified',
  version: 1,
  detail: z.object({
    memberId: z.string(),
    partnerId: z.string(),
    roles: z.array(z.string()),
    status: z.enum(['normal', 'locked']),
  }),
});
