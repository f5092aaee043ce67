import * as z from 'zod';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-me',
  summary: 'Who the token acts for, with roles and permissions.',
  rules: 'ORG-01, ORG-10',
  route: 'GET /v1/me',
  actors: ['member', 'operator', 'customer', 'group'],
  permission: 'profile.manage-own',
  response: z.object({
    kind: z.enum(['member', 'operator', 'customer', 'group', 'system']),
    id: z.string(),
    partnerId: z.string().optional(),
    owner: z.boolean().optional(),
    roles: z.array(z.string()).optional(),
    permissions: z.array(z.string()).optional(),
    dataScope: z.enum(['all', 'team', 'own']).optional(),
  }),
  errors: [],
  run: async ({ actor }) =>
    actor.kind === 'member' ? { ...actor, permissions: [...actor.permissions].sort() } : actor,
});
