import * as z from 'zod';
import { instant } from '#lib/shared/time.ts';
import { cycleField } from '../fields.ts';
import { send } from '../messages.ts';

/** What the queue `bill-previews` carries: the next page of partners to preview, or the next step of one preview. */
export const previewMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('partners'),
    cycle: cycleField,
    requestedBy: z.string(),
    askedAt: z.string().transform(instant),
    startKey: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({ kind: z.literal('preview'), jobId: z.string() }),
]);

export type PreviewMessage = z.output<typeof previewMessage>;

export const sendPreviews = (messages: readonly PreviewMessage[]): Promise<void> => send('bill-previews', messages);
