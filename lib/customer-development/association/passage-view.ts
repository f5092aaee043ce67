import * as z from 'zod';
import type { Passage } from './enable.ts';
import { FAILURE_TEXTS } from './failure-text.ts';

export const passageView = z.object({
  invitationId: z.string(),
  customerId: z.string(),
  state: z.enum(['registered', 'in-progress', 'associated', 'association-failed']),
  failure: z.object({ code: z.string(), message: z.string(), at: z.string() }).nullable(),
});

const STATES = {
  registered: 'registered',
  requested: 'in-progress',
  associated: 'associated',
  failed: 'association-failed',
} as const;

/** What the customer is shown of its way; the advice is for the partner. */
export const toPassageView = ({ entry }: Pick<Passage, 'entry'>): z.input<typeof passageView> => ({
  invitationId: entry.invitationId,
  customerId: entry.customerId,
  state: STATES[entry.state],
  failure: entry.failure ? { ...entry.failure, message: FAILURE_TEXTS[entry.failure.code].message } : null,
});
