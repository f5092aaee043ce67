import * as z from 'zod';
import { channelsOf, requirePerson, validUntil } from '#lib/shared/challenge.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { challengeScope, requestCode } from '#lib/shared/verification.ts';
import { verificationErrors } from '#lib/shared/verification-errors.ts';

/** ORG-53: the answer to `VERIFICATION_REQUIRED`; the code goes to the acting person's own address (ORG-172). */
export const handler = operation({
  name: 'request-verification-code',
  summary: 'Sends the one-time code of a challenge by SMS or e-mail; sending again voids the code before.',
  rules: 'ORG-53, ORG-55, ORG-172, ORG-175, ORG-177',
  route: 'POST /v1/verification-challenges/{challengeId}/code',
  actors: ['member', 'customer'],
  permission: 'profile.manage-own',
  scope: challengeScope,
  path: z.object({ challengeId: idParam }),
  body: z.object({ channel: z.enum(['sms', 'email']) }),
  response: z.object({
    challengeId: z.string(),
    channel: z.enum(['sms', 'email']),
    destination: z.string().meta({ description: 'Masked' }),
    validUntil: z.string(),
  }),
  status: 202,
  errors: [verificationErrors.CHANNEL_NOT_AVAILABLE, sharedErrors.TOO_MANY_CODES],
  run: async ({ actor, resource, body: { channel }, now }) => {
    const person = requirePerson(actor);
    const { challengeId } = await requestCode(person, resource, channel, now);
    const destination = channelsOf(person).find((each) => each.channel === channel)?.destination;
    return { challengeId, channel, destination, validUntil: validUntil(now) };
  },
});
