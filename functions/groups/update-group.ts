import * as z from 'zod';
import { groupErrors, groupView, ownGroupScope, toGroupView, updateGroup } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, emailField, idParam, nameField, phoneField, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'update-group',
  summary: 'Name and account information; what is not given stays.',
  rules: 'CUS-218, CUS-221',
  route: 'PATCH /v1/groups/{groupId}',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  body: z.object({
    name: nameField.optional(),
    account: z
      .object({ contactName: nameField, email: emailField, phone: phoneField, countryRegion: countryField })
      .partial()
      .optional(),
    expectedVersion: versionField,
  }),
  response: groupView,
  errors: [sharedErrors.VERSION_CONFLICT, groupErrors.GROUP_NAME_TAKEN],
  run: async ({ path, body: { expectedVersion, ...update }, now }) =>
    toGroupView(await updateGroup(path.groupId, update, expectedVersion, now), billingMonthOf(now)),
});
