import * as z from 'zod';
import { sharedErrors } from '#lib/shared/errors.ts';
import { versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { verificationErrors } from '#lib/shared/verification-errors.ts';
import { setVerificationFunction } from '#lib/shared/verification-switch.ts';

/** ORG-171: only the change to off is critical; saying off again is not. */
export const handler = operation({
  name: 'set-verification-function',
  summary: "Switches the verification code function of the caller's partner on or off.",
  rules: 'ORG-170, ORG-171',
  route: 'PUT /v1/verification-function',
  actors: ['member'],
  permission: 'security.manage',
  critical: {
    keys: ['disable-verification-function'],
    choose: ({ body, standing }) =>
      !body.enabled && standing.verificationEnabled ? 'disable-verification-function' : undefined,
  },
  body: z.object({ enabled: z.boolean(), expectedVersion: versionField }),
  response: z.object({ enabled: z.boolean(), version: z.number().int() }),
  errors: [sharedErrors.VERSION_CONFLICT, verificationErrors.CONTACT_MISSING],
  run: async ({ member, standing, body }) => {
    const { verificationEnabled, version } = await setVerificationFunction(member, standing, body);
    return { enabled: verificationEnabled, version };
  },
});
