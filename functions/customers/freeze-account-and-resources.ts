import { freezeCustomers } from '#lib/budgets/index.ts';
import {
  checkControlRequest,
  controlBody,
  controlErrors,
  controlResults,
  toControlResults,
} from '#lib/customers/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'freeze-account-and-resources',
  summary: 'Freezes 1 to 10 accounts with their resources, which are kept 15 days. Each its own result.',
  rules: 'CUS-024, CUS-153 to CUS-160, CUS-005',
  route: 'POST /v1/customers/freeze-account-and-resources',
  actors: ['member'],
  permission: 'customer.freeze',
  critical: 'freeze-unfreeze',
  body: controlBody,
  response: controlResults,
  errors: [controlErrors.BATCH_SIZE, controlErrors.REASON_INVALID],
  check: ({ body }) => checkControlRequest(body),
  run: async ({ body, member, standing, now }) =>
    toControlResults(await freezeCustomers({ ...body, level: 'account-and-resources' }, { member, standing }, now)),
});
