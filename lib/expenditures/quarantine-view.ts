import * as z from 'zod';
import { REFUSAL_CODES } from './classify.ts';
import type { QuarantineEntry } from './quarantine-store.ts';
import { RECEIPTS } from './receipt.ts';

export const quarantineEntryView = z.object({
  entryId: z.string(),
  recordId: z.string().optional(),
  code: z.enum(REFUSAL_CODES),
  reasons: z.array(z.object({ pointer: z.string(), detail: z.string() })),
  record: z.unknown().meta({ description: 'The record as delivered; text when it was too large and had to be cut' }),
  status: z.enum(['open', 'released']),
  deliveries: z.number().int(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  lastDelivery: z.string().meta({ description: 'Way in and place of the last delivery' }),
  releasedAt: z.string().optional(),
  releasedBy: z.string().optional(),
  outcome: z.enum(RECEIPTS).optional(),
});

export function toQuarantineEntryView({
  raw,
  cut,
  mark,
  ...entry
}: QuarantineEntry): z.input<typeof quarantineEntryView> {
  return { ...entry, reasons: [...entry.reasons], record: cut ? raw : JSON.parse(raw), lastDelivery: mark };
}
