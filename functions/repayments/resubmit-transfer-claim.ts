import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import {
  claimInput,
  claimScope,
  claimView,
  resubmit,
  toClaimView,
  toClaimWish,
  transferErrors,
} from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'resubmit-transfer-claim',
  summary: 'Submits a rejected claim once more, corrected; the three working days start anew.',
  rules: 'FIN-80, FIN-83',
  route: 'POST /v1/transfer-claims/{claimId}/resubmission',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  scope: claimScope,
  path: z.object({ claimId: idParam }),
  body: claimInput,
  response: claimView,
  errors: [
    transferErrors.CLAIM_NOT_OPEN,
    transferErrors.CERTIFICATE_REQUIRED,
    transferErrors.CERTIFICATE_INVALID,
    sharedErrors.VERSION_CONFLICT,
  ],
  run: async ({ resource, member, body, now }) => {
    const claim = await resubmit(resource, member.id, toClaimWish(body), body.certificateId, now);
    return toClaimView(claim, now);
  },
});
