import * as z from 'zod';
import { budgetErrors } from '#lib/budgets/index.ts';
import { groupErrors, groupView, ownGroupScope, setGroupBudget, toGroupView } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'set-group-budget',
  summary:
    'A monthly budget over what all customers of the group use; it alerts at 75, 90 and 100 percent and restricts nothing.',
  rules: 'CUS-057, CUS-105, CUS-107, CUS-222',
  route: 'PUT /v1/groups/{groupId}/budget',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  body: z.object({ amount: moneyText, expectedVersion: versionField }),
  response: groupView,
  errors: [groupErrors.USAGE_OF_PARTNER_GROUP, budgetErrors.BUDGET_AMOUNT_INVALID, sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body, now }) =>
    toGroupView(
      await setGroupBudget(resource, parseMoney(body.amount), body.expectedVersion, now),
      billingMonthOf(now),
    ),
});
