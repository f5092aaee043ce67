import { billedPartners } from '#lib/billing/index.ts';
import {
  claimInput,
  claimTransfer,
  claimView,
  toClaimView,
  toClaimWish,
  transferErrors,
} from '#lib/repayments/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'claim-bank-transfer',
  summary:
    'Tells the platform of a transfer that was made, with its proof; an operator answers within three working days.',
  rules: 'FIN-80, FIN-81, FIN-82, FIN-84',
  route: 'POST /v1/transfer-claims',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  body: claimInput,
  response: claimView,
  status: 201,
  errors: [transferErrors.CERTIFICATE_REQUIRED, transferErrors.CERTIFICATE_INVALID],
  run: async ({ member: { id, partnerId }, body, now }) => {
    const claim = await claimTransfer({ partnerId, memberId: id }, toClaimWish(body), body.certificateId, now);
    return toClaimView(claim, now);
  },
});
