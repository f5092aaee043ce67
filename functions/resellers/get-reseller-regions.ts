import * as z from 'zod';
import { distributorScope, loadRegions, regionsView } from '#lib/resellers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reseller-regions',
  summary: 'The countries and regions in which a distributor may invite companies.',
  rules: 'DEV-115',
  route: 'GET /v1/distributors/{distributorId}/reseller-regions',
  actors: ['operator', 'member'],
  permission: 'reseller.view',
  scope: distributorScope,
  path: z.object({ distributorId: idParam }),
  response: regionsView,
  errors: [],
  run: async ({ path }) => loadRegions(path.distributorId),
});
