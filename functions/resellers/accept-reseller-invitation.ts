import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import { acceptInvitation, applicationView, resellerErrors, toApplicationView } from '#lib/resellers/index.ts';
import { countryField, emailField, languageField, nameField, phoneField, timeZoneField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'accept-reseller-invitation',
  summary:
    'The signed-in account asks to become a reseller of the inviting distributor, or asks again after a restriction.',
  rules: 'DEV-115, DEV-116, DEV-118, DEV-121, ONB-134 to ONB-137',
  route: 'POST /v1/reseller-applications',
  actors: ['account'],
  body: z.object({
    token: z.string().max(100),
    companyName: z.string().trim().min(1).max(200),
    countryRegion: countryField,
    stateProvince: z.string().max(64).optional(),
    contact: z.object({ name: nameField, email: emailField, mobileNumber: phoneField.optional() }),
    language: languageField.default('en'),
    timeZone: timeZoneField.default('Asia/Singapore'),
  }),
  response: applicationView,
  status: 202,
  errors: [
    resellerErrors.RESELLER_INVITATION_NOT_FOUND,
    resellerErrors.INVITATION_EXPIRED,
    resellerErrors.INVITATION_USED,
    resellerErrors.ALREADY_RESELLER,
    resellerErrors.REGION_NOT_AUTHORIZED,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.COUNTRY_FIXED,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  run: async ({ body: { token, ...company }, actor, now }) =>
    toApplicationView(await acceptInvitation(actor.id, { token, company }, now), now),
});
