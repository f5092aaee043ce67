import * as z from 'zod';
import { distributorScope, regionsView, setRegions } from '#lib/resellers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, idParam, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-reseller-regions',
  summary: 'Sets the countries and regions in which a distributor may invite companies.',
  rules: 'DEV-115, ONB-132',
  route: 'PUT /v1/distributors/{distributorId}/reseller-regions',
  actors: ['operator'],
  scope: distributorScope,
  path: z.object({ distributorId: idParam }),
  body: z.object({ regions: z.array(countryField).max(250), expectedVersion: versionField }),
  response: regionsView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ path, body }) => setRegions(path.distributorId, body),
});
