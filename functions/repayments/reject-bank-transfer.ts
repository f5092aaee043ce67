import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { claimScope, claimView, rejectTransfer, toClaimView, transferErrors } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reject-bank-transfer',
  summary: 'Gives a claim back to the partner with the reason; the partner may correct and resubmit it.',
  rules: 'FIN-83',
  route: 'POST /v1/transfer-claims/{claimId}/rejection',
  actors: ['operator'],
  scope: claimScope,
  path: z.object({ claimId: idParam }),
  body: z.object({
    expectedVersion: versionField,
    reason: reasonField.meta({ description: 'Told to the partner; kept in the audit trace' }),
  }),
  response: claimView,
  errors: [transferErrors.CLAIM_NOT_OPEN, sharedErrors.VERSION_CONFLICT],
  run: async ({ path, body, now }) => toClaimView(await rejectTransfer(path.claimId, body, now), now),
});
