import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { CLAIM_STATUSES, claimView, listClaims, toClaimView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-transfer-claims',
  summary: "A partner's claims of bank transfers, the newest first.",
  rules: 'FIN-80, FIN-83',
  route: 'GET /v1/transfer-claims',
  actors: ['member', 'operator'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  query: z.object({ ...pageQuery, partnerId: partnerField, status: z.enum(CLAIM_STATUSES).optional() }),
  response: z.object({ items: z.array(claimView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, partnerId: named, status }, now }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-transfer-claims:${partnerId}:${status}`;
    const page = await listClaims(partnerId, { limit, startKey: fromCursor(cursor, list) }, status);
    return {
      items: page.claims.map((claim) => toClaimView(claim, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
