import * as z from 'zod';
import type { Job } from '../job.ts';

const file = z.object({ key: z.string(), fileName: z.string(), rows: z.number().int() });
export type ExportedFile = z.output<typeof file>;

/** What a job carries from one invocation to the next, and its files in the end. */
export const exportProgress = z.object({
  files: z.array(file),
  /** Where the last row written lies; its form is the export's own. */
  after: z.string(),
  open: z
    .object({
      uploadId: z.string(),
      tags: z.array(z.string()),
      /** All its parts are stored; it only has to be made of them. */
      ended: z.boolean(),
      rows: z.number().int(),
      rowsInEntry: z.number().int(),
      zip: z
        .object({
          length: z.number(),
          entries: z
            .array(
              z.object({
                name: z.string(),
                offset: z.number(),
                crc: z.number(),
                size: z.number(),
                compressedSize: z.number(),
              }),
            )
            .readonly(),
        })
        .optional(),
    })
    .optional(),
});
export type ExportProgress = z.output<typeof exportProgress>;

export const progressOf = (job: Job): ExportProgress => exportProgress.parse(job.result ?? { files: [], after: '' });
