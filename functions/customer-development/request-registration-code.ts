import * as z from 'zod';
import { associationErrors, requestRegistrationCode, tokenParam } from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { emailField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-registration-code',
  summary: 'Mails the one-time code of a registration to the address that is to be registered.',
  rules: 'DEV-86, DEV-87, ORG-53, ORG-55, ORG-175, ORG-178',
  route: 'POST /v1/invitations/{token}/registration-code',
  actors: 'anyone',
  path: z.object({ token: tokenParam }),
  body: z.object({ email: emailField }),
  response: z.object({ challengeId: z.string(), validUntil: z.string() }),
  status: 202,
  errors: [
    associationErrors.LINK_NOT_FOUND,
    associationErrors.LINK_EXPIRED,
    associationErrors.LINK_USED,
    associationErrors.EMAIL_MISMATCH,
    sharedErrors.TOO_MANY_CODES,
  ],
  run: ({ path, body, now }) => requestRegistrationCode(path.token, body.email, now),
});
