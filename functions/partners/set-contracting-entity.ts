import * as z from 'zod';
import { partnerScope, partnerView, setContractingEntity, toPartnerView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-contracting-entity',
  summary: "Records the platform's entity that a partner has its contract with.",
  rules: 'FIN-72',
  route: 'PUT /v1/partners/{partnerId}/contracting-entity',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    contractingEntity: countryField.meta({ description: 'Country of the entity, such as HK' }),
    reason: z.string().trim().min(1).max(500),
  }),
  response: partnerView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) =>
    toPartnerView(await setContractingEntity(resource, body.contractingEntity, body.reason)),
});
