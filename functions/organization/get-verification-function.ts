import * as z from 'zod';
import { operation } from '#lib/shared/operation.ts';
import { requireStanding } from '#lib/shared/standing.ts';

export const handler = operation({
  name: 'get-verification-function',
  summary: "Whether critical operations of the caller's partner ask for a verification code.",
  rules: 'ORG-170',
  route: 'GET /v1/verification-function',
  actors: ['member'],
  permission: 'security.manage',
  response: z.object({ enabled: z.boolean(), version: z.number().int() }),
  errors: [],
  run: async ({ member }) => {
    const { verificationEnabled, version } = await requireStanding(member.partnerId);
    return { enabled: verificationEnabled, version };
  },
});
