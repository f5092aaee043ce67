import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import {
  entityScope,
  handedOutView,
  handOutResidentCertificate,
  residenceErrors,
  toHandedOutView,
} from '#lib/invoices/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { businessDayOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'get-resident-certificate',
  summary:
    'A link, for ten minutes, to the tax resident certificate of the company that bills the partner, for today or another day; leaves a trace.',
  rules: 'FIN-120',
  route: 'GET /v1/issuing-entities/{entityId}/resident-certificate',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  scope: entityScope,
  traced: true,
  path: z.object({ entityId: idParam }),
  query: z.object({ on: z.iso.date().optional().meta({ description: 'A day in GMT+08:00; today when not given' }) }),
  response: handedOutView,
  errors: [residenceErrors.RESIDENT_CERTIFICATE_MISSING],
  run: async ({ resource: { entityId }, query: { on }, now }) =>
    toHandedOutView(await handOutResidentCertificate(entityId, on ?? businessDayOf(now))),
});
