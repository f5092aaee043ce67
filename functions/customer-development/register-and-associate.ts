import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  associationErrors,
  consentFields,
  passageView,
  registerThroughInvitation,
  tokenParam,
  toPassageView,
} from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, emailField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** ORG-178 `register-account`: the code is part of the request, because nobody is signed in yet. */
export const handler = operation({
  name: 'register-and-associate',
  summary:
    'Registers an account of the platform through an invitation; the association follows when services are enabled.',
  rules: 'DEV-78, DEV-81 to DEV-87, DEV-90, DEV-92, DEV-108, ORG-178',
  route: 'POST /v1/invitations/{token}/registration',
  actors: 'anyone',
  path: z.object({ token: tokenParam }),
  body: z.object({
    country: countryField,
    email: emailField,
    password: z.string().min(1).max(256).meta({ description: 'Handed to the account registry, never kept' }),
    challengeId: z.string().max(200),
    code: z.string().max(32),
    ...consentFields,
  }),
  response: passageView,
  status: 201,
  timeoutSeconds: 20,
  errors: [
    associationErrors.LINK_NOT_FOUND,
    associationErrors.LINK_EXPIRED,
    associationErrors.LINK_USED,
    associationErrors.CODE_USED,
    associationErrors.EMAIL_MISMATCH,
    associationErrors.EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION,
    associationErrors.INSTRUCTIONS_NOT_ACCEPTED,
    associationErrors.AGREEMENT_OUTDATED,
    accountErrors.ACCOUNT_EXISTS,
    accountErrors.PASSWORD_REFUSED,
    accountErrors.PLATFORM_UNAVAILABLE,
    sharedErrors.VERIFICATION_FAILED,
  ],
  run: async ({ path, body, now }) => toPassageView({ entry: await registerThroughInvitation(path.token, body, now) }),
});
