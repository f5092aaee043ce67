import * as z from 'zod';
import {
  accountManagerScope,
  assignManagerToEach,
  assignmentBody,
  assignmentResults,
  checkAssignmentBatch,
  controlErrors,
  customerErrors,
  toAssignmentResults,
} from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'assign-customers',
  summary: 'Gives an account manager 1 to 100 customers that have none. Each its own result.',
  rules: 'CUS-007, CUS-193 to CUS-195',
  route: 'POST /v1/account-managers/{memberId}/assign-customers',
  actors: ['member'],
  permission: 'customer.assign',
  scope: accountManagerScope,
  path: z.object({ memberId: idParam }),
  body: assignmentBody,
  response: assignmentResults,
  timeoutSeconds: 29,
  errors: [controlErrors.BATCH_SIZE, customerErrors.NOT_AN_ACCOUNT_MANAGER],
  check: ({ body }) => void checkAssignmentBatch(body.customerIds),
  run: async ({ path: { memberId }, body: { customerIds }, member, now }) =>
    toAssignmentResults(await assignManagerToEach(customerIds, { memberId, side: 'account-manager' }, member, now)),
});
