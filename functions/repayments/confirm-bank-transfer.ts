import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { claimScope, claimView, confirmTransfer, toClaimView, transferErrors } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'confirm-bank-transfer',
  summary: 'Books the money of a claim as a top-up; open bills are then paid from it.',
  rules: 'FIN-81, FIN-82',
  route: 'POST /v1/transfer-claims/{claimId}/confirmation',
  actors: ['operator'],
  scope: claimScope,
  path: z.object({ claimId: idParam }),
  body: z.object({
    expectedVersion: versionField,
    reason: reasonField,
    bookTo: idParam.optional().meta({ description: 'Another partner, when the description of the claim says so' }),
  }),
  response: claimView,
  errors: [
    transferErrors.CLAIM_NOT_OPEN,
    sharedErrors.VERSION_CONFLICT,
    sharedErrors.PARTNER_NOT_FOUND,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ path, body, now }) => toClaimView(await confirmTransfer(path.claimId, body, now), now),
});
