import {
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
  name: 'batch-assign-account-manager',
  summary: 'Gives 1 to 100 customers to one account manager, also those that have another. Each its own result.',
  rules: 'CUS-007, CUS-183 to CUS-189, CUS-191',
  route: 'POST /v1/customers/assign-account-manager',
  actors: ['member'],
  permission: 'customer.assign',
  body: assignmentBody.extend({ memberId: idParam }),
  response: assignmentResults,
  timeoutSeconds: 29,
  errors: [controlErrors.BATCH_SIZE, customerErrors.NOT_AN_ACCOUNT_MANAGER],
  check: ({ body }) => void checkAssignmentBatch(body.customerIds),
  run: async ({ body: { customerIds, memberId }, member, now }) =>
    toAssignmentResults(await assignManagerToEach(customerIds, { memberId, side: 'customer' }, member, now)),
});
