import * as z from 'zod';
import {
  associationTypeField,
  checkAssociationType,
  DEVELOPMENT_GRANT,
  leadErrors,
  linkView,
  ownGeneralLink,
  toLinkView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-general-link',
  summary:
    "The caller's own link for new customers, tagged with its username; one per association type, without an end.",
  rules: 'DEV-10, DEV-22, DEV-69 to DEV-71, DEV-76',
  route: 'GET /v1/invitation-links/general',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object({ associationType: associationTypeField.default('reseller') }),
  response: linkView,
  errors: [leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED, leadErrors.PREPAID_PARTNER],
  run: async ({ query: { associationType }, member, standing }) => {
    checkAssociationType(standing, associationType);
    return toLinkView(await ownGeneralLink(member, associationType));
  },
});
