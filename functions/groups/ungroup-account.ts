import * as z from 'zod';
import { groupErrors, membershipView, toMembershipView, ungroupAccount } from '#lib/groups/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'ungroup-account',
  summary: 'Puts an account back directly under its parent; has to be confirmed.',
  rules: 'CUS-222, CUS-228, CUS-229',
  route: 'POST /v1/grouped-accounts/{accountId}/ungroup',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  path: z.object({ accountId: idParam }),
  body: z.object({ confirm: z.boolean().default(false) }),
  response: membershipView,
  errors: [
    groupErrors.CONFIRMATION_REQUIRED,
    sharedErrors.CUSTOMER_NOT_FOUND,
    sharedErrors.PARTNER_NOT_FOUND,
    groupErrors.GROUP_PARENT_MISMATCH,
    groupErrors.NOT_GROUPED,
  ],
  check: ({ body }) => {
    if (!body.confirm) throw new Refusal(groupErrors.CONFIRMATION_REQUIRED);
  },
  run: async ({ actor, path, now }) => toMembershipView(await ungroupAccount(actor, path.accountId, now)),
});
