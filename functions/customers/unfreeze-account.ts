import { checkUnfreezing, unfreezeCustomers } from '#lib/budgets/index.ts';
import { controlBody, controlErrors, controlResults, toControlResults } from '#lib/customers/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'unfreeze-account',
  summary: 'Unfreezes 1 to 10 accounts; each its own result.',
  rules: 'CUS-026, CUS-161 to CUS-169, CUS-016, CUS-005',
  route: 'POST /v1/customers/unfreeze-account',
  actors: ['member'],
  permission: 'customer.freeze',
  critical: 'freeze-unfreeze',
  body: controlBody,
  response: controlResults,
  errors: [controlErrors.BATCH_SIZE, controlErrors.REASON_INVALID, controlErrors.PARTNER_ACCOUNT_FROZEN],
  check: ({ body, standing }) => checkUnfreezing(body, standing),
  run: async ({ body, member, standing, now }) =>
    toControlResults(await unfreezeCustomers({ ...body, level: 'account' }, { member, standing }, now)),
});
