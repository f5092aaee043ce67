import * as z from 'zod';
import {
  assignManager,
  assignmentView,
  customerErrors,
  customerScope,
  toAssignmentView,
} from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'assign-account-manager',
  summary: 'Gives a customer to an account manager, at once; whoever had it before no longer sees it.',
  rules: 'CUS-007, CUS-183 to CUS-189, CUS-191',
  route: 'PUT /v1/customers/{customerId}/account-manager',
  actors: ['member'],
  permission: 'customer.assign',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({ memberId: idParam }),
  response: assignmentView,
  errors: [customerErrors.NOT_AN_ACCOUNT_MANAGER],
  run: async ({ path: { customerId }, body: { memberId }, member, now }) =>
    toAssignmentView(customerId, await assignManager(customerId, { memberId, side: 'customer' }, member, now)),
});
