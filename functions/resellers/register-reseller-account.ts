import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import { registerInvitedAccount, resellerErrors } from '#lib/resellers/index.ts';
import { countryField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'register-reseller-account',
  summary: 'Registers a platform account with the invited address; sign in with it and accept the invitation.',
  rules: 'DEV-118, ONB-134',
  route: 'POST /v1/reseller-accounts',
  actors: 'anyone',
  body: z.object({
    token: z.string().max(100),
    countryRegion: countryField,
    password: z.string().max(256).meta({ description: 'Handed through to the platform, which judges it' }),
  }),
  response: z.object({ accountId: z.string(), accountName: z.string() }),
  status: 201,
  errors: [
    resellerErrors.RESELLER_INVITATION_NOT_FOUND,
    resellerErrors.INVITATION_EXPIRED,
    resellerErrors.INVITATION_USED,
    resellerErrors.REGION_NOT_AUTHORIZED,
    accountErrors.ACCOUNT_EXISTS,
    accountErrors.PASSWORD_REFUSED,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  run: async ({ body, now }) => registerInvitedAccount(body, now),
});
