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
  name: 'freeze-account',
  summary:
    'Freezes 1 to 10 accounts: no purchase, no change; running pay-per-use resources go on. Each its own result.',
  rules: 'CUS-022, CUS-023, CUS-145 to CUS-152, CUS-005',
  route: 'POST /v1/customers/freeze-account',
  actors: ['member'],
  permission: 'customer.freeze',
  critical: 'freeze-unfreeze',
  body: controlBody,
  response: controlResults,
  errors: [controlErrors.BATCH_SIZE, controlErrors.REASON_INVALID],
  check: ({ body }) => checkControlRequest(body),
  run: async ({ body, member, standing, now }) =>
    toControlResults(await freezeCustomers({ ...body, level: 'account' }, { member, standing }, now)),
});
