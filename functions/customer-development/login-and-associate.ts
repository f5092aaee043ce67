import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  associationErrors,
  consentFields,
  logInThroughInvitation,
  passageView,
  tokenParam,
  toPassageView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

/** The account has signed in at the token issuer; as `account` when it is no customer here yet. */
export const handler = operation({
  name: 'login-and-associate',
  summary: 'Takes an e-mailed invitation with an existing account; the association follows when services are enabled.',
  rules: 'DEV-78, DEV-81 to DEV-84, DEV-87, DEV-88, DEV-90, DEV-92, DEV-108',
  route: 'POST /v1/invitations/{token}/login',
  actors: ['customer', 'account'],
  path: z.object({ token: tokenParam }),
  body: z.object(consentFields),
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
    associationErrors.NO_ACCOUNT,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  run: async ({ path, body, actor, now }) =>
    toPassageView({ entry: await logInThroughInvitation(path.token, actor, body, now) }),
});
