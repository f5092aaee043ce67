import * as z from 'zod';
import {
  batchReject,
  changeErrors,
  distinctRecords,
  rejectionsView,
  toRejectionsView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'batch-reject-association-requests',
  summary: 'Rejects 1 to 100 requests of customers; each succeeds or fails alone.',
  rules: 'ORD-12, ORD-39, ORD-40, ORD-182',
  route: 'POST /v1/association-records/batch-reject',
  actors: ['member'],
  permission: 'customer.association',
  partnerGrant: 'disassociation',
  critical: 'answer-disassociation',
  body: z.object({ recordIds: z.array(z.string()).meta({ description: '1 to 100 records; duplicates count once' }) }),
  response: rejectionsView,
  timeoutSeconds: 29,
  errors: [changeErrors.RECORD_BATCH_SIZE],
  check: ({ body }) => {
    distinctRecords(body.recordIds);
  },
  run: async ({ body, member, now }) => toRejectionsView(await batchReject(body.recordIds, member, now)),
});
