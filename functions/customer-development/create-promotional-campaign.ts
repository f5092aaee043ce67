import * as z from 'zod';
import { associationTypeField, campaignView, createCampaign, linkErrors } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'create-promotional-campaign',
  summary: 'Opens a campaign: inside its period every member that develops customers has a link for it.',
  rules: 'DEV-77',
  route: 'POST /v1/promotional-campaigns',
  actors: ['operator'],
  body: z.object({
    name: z.string().trim().min(1).max(100),
    associationType: associationTypeField.default('reseller'),
    validFrom: instantText,
    validUntil: instantText,
  }),
  response: campaignView,
  status: 201,
  errors: [linkErrors.CAMPAIGN_PERIOD_INVALID],
  run: ({ body, now }) =>
    createCampaign({ ...body, validFrom: instant(body.validFrom), validUntil: instant(body.validUntil) }, now),
});
