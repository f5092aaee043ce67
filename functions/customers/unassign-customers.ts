import * as z from 'zod';
import {
  accountManagerScope,
  assignmentBody,
  assignmentResults,
  checkAssignmentBatch,
  controlErrors,
  toAssignmentResults,
  unassignFromEach,
} from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'unassign-customers',
  summary: 'Takes 1 to 100 customers from an account manager from the 1st of the next month on. Each its own result.',
  rules: 'CUS-007, CUS-041, CUS-197 to CUS-200',
  route: 'POST /v1/account-managers/{memberId}/unassign-customers',
  actors: ['member'],
  permission: 'customer.assign',
  scope: accountManagerScope,
  path: z.object({ memberId: idParam }),
  body: assignmentBody,
  response: assignmentResults,
  timeoutSeconds: 29,
  errors: [controlErrors.BATCH_SIZE],
  check: ({ body }) => void checkAssignmentBatch(body.customerIds),
  run: async ({ path: { memberId }, body: { customerIds }, member, now }) =>
    toAssignmentResults(await unassignFromEach(customerIds, memberId, member, now)),
});
