import * as z from 'zod';
import type { Job } from '#lib/shared/job.ts';
import { issuedBillView } from '../bill-view.ts';

const result = z.object({
  bill: issuedBillView.meta({ description: 'As it would be issued now; it has neither number nor debt' }),
  posting: z.array(z.object({ account: z.string(), currency: z.string(), amount: z.string() })),
  coupons: z.array(z.object({ couponId: z.string(), used: z.string() })),
  notes: z.array(z.object({ rule: z.string(), text: z.string() })),
  comparedWith: z.enum(['issued', 'estimate', 'nothing']),
  differences: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});

export const previewView = z.object({
  dryRun: z.literal(true),
  jobId: z.string(),
  cycle: z.string(),
  partnerId: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']),
  linesDone: z.number().int(),
  failure: z.string().nullable().meta({ description: 'What would park the bill' }),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  preview: result.nullable(),
});

export const toPreviewView = (job: Job): z.input<typeof previewView> => ({
  dryRun: true,
  jobId: job.jobId,
  cycle: String(job.parameters.cycle),
  partnerId: String(job.parameters.partnerId),
  status: job.status,
  linesDone: job.done,
  failure: job.failure ?? null,
  createdAt: job.createdAt,
  finishedAt: job.finishedAt ?? null,
  preview: job.status === 'completed' ? (job.result as unknown as z.input<typeof result>) : null,
});
