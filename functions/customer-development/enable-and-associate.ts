import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  associationErrors,
  enableAndAssociate,
  passageView,
  tokenParam,
  toPassageView,
} from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'enable-and-associate',
  summary: 'Enables services for the account and asks for the association, which is checked and made asynchronously.',
  rules: 'DEV-89, DEV-90, DEV-91, DEV-97, DEV-107, DEV-108, DEV-201',
  route: 'POST /v1/invitations/{token}/association',
  actors: ['customer'],
  path: z.object({ token: tokenParam }),
  body: z.object({
    customerAgreementAccepted: z.literal(true),
    privacyStatementAccepted: z.literal(true),
    country: countryField
      .optional()
      .meta({ description: 'As registered when not given; cannot be changed afterwards' }),
  }),
  response: passageView,
  status: 202,
  timeoutSeconds: 20,
  errors: [
    associationErrors.LINK_NOT_FOUND,
    associationErrors.LINK_EXPIRED,
    associationErrors.LINK_USED,
    associationErrors.CODE_USED,
    associationErrors.NOT_REGISTERED,
    associationErrors.NO_ACCOUNT,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.COUNTRY_FIXED,
    accountErrors.PLATFORM_UNAVAILABLE,
    sharedErrors.CUSTOMER_NOT_FOUND,
  ],
  run: async ({ path, body, customer, now }) =>
    toPassageView(await enableAndAssociate(path.token, customer.customerId, body.country, now)),
});
