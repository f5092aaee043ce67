import * as z from 'zod';
import type { BusinessTrace } from './trace-store.ts';

export const traceView = z.object({
  traceId: z.string(),
  at: z.string(),
  operation: z.string().meta({ examples: ['set-monthly-budget'] }),
  outcome: z.enum(['done', 'refused', 'failed']),
  code: z.string().optional().meta({ description: 'Why it was refused' }),
  actor: z.enum(['member', 'customer', 'account', 'group', 'operator', 'system']),
  actorId: z.string(),
  partnerId: z.string().optional(),
  customerId: z.string().optional(),
  requestId: z.string(),
  sourceIp: z.string().optional(),
  verificationUsed: z.boolean().optional(),
  before: z.unknown().optional().meta({ description: 'What it was; personal fields masked' }),
  after: z.unknown().optional().meta({ description: 'What it became; personal fields masked' }),
});

export const toTraceView = (trace: BusinessTrace): z.input<typeof traceView> => trace;
