import * as z from 'zod';
import {
  associationTypeField,
  checkAssociationType,
  DEVELOPMENT_GRANT,
  endOfLink,
  leadErrors,
} from '#lib/customer-development/index.ts';
import { previewInvitation } from '#lib/notifications/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'preview-invitation-email',
  summary: 'The mail that an invitation sends, in the language of the partner, without a link that opens anything.',
  rules: 'DEV-22, DEV-57, DEV-61',
  route: 'GET /v1/invitation-email-preview',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object({ associationType: associationTypeField.default('reseller') }),
  response: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  errors: [leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED, leadErrors.PREPAID_PARTNER],
  run: async ({ query: { associationType }, member, standing, now }) => {
    checkAssociationType(standing, associationType);
    return previewInvitation(member.partnerId, associationType, endOfLink(now));
  },
});
