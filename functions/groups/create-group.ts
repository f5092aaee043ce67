import * as z from 'zod';
import { createGroup, GROUP_KINDS, groupErrors, groupView, toGroupView } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, emailField, nameField, phoneField, subjectField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'create-group',
  summary:
    'A group of customers of the partner, of resellers of a distributor, or of tier-1 partners; inactive at first.',
  rules: 'CUS-011, CUS-012, CUS-218, CUS-219, CUS-221, CUS-224',
  route: 'POST /v1/groups',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  body: z.object({
    kind: z.enum(GROUP_KINDS).meta({ description: 'Fixed after creation' }),
    name: nameField,
    account: z.object({
      contactName: nameField,
      email: emailField,
      phone: phoneField,
      countryRegion: countryField,
    }),
    subject: subjectField.optional().meta({ description: 'Identity that signs in as the account of the group' }),
  }),
  response: groupView,
  status: 201,
  errors: [
    sharedErrors.PARTNER_NOT_ENABLED,
    groupErrors.GROUP_NAME_TAKEN,
    groupErrors.GROUP_LIMIT,
    groupErrors.GROUP_SUBJECT_TAKEN,
  ],
  run: async ({ actor, body, now }) => toGroupView(await createGroup(actor, body, now), billingMonthOf(now)),
});
