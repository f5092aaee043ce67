import * as z from 'zod';
import {
  associationTypeField,
  checkAssociationType,
  createLink,
  customTagField,
  DEVELOPMENT_GRANT,
  leadErrors,
  linkView,
  remarksField,
  toLinkView,
} from '#lib/customer-development/index.ts';
import { customerErrors } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

const common = { associationType: associationTypeField.default('reseller'), remarks: remarksField.optional() };

export const handler = operation({
  name: 'create-custom-link',
  summary: 'Makes a link for new customers with a tag of its own, or for a chosen account manager; it has no end.',
  rules: 'DEV-10, DEV-22, DEV-69, DEV-70, DEV-72, DEV-73, DEV-76',
  route: 'POST /v1/invitation-links',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.discriminatedUnion('tagMode', [
    z.object({ ...common, tagMode: z.literal('customize'), customTag: customTagField }),
    z.object({ ...common, tagMode: z.literal('dedicated'), accountManagerId: idParam }),
  ]),
  response: linkView,
  status: 201,
  errors: [leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED, leadErrors.PREPAID_PARTNER, customerErrors.NOT_AN_ACCOUNT_MANAGER],
  check: ({ body, standing }) => checkAssociationType(standing, body.associationType),
  run: async ({ body, member, standing, now }) => toLinkView(await createLink(body, { member, standing }, now)),
});
