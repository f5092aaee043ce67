import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { certificateView, listCertificates, toCertificateView } from '#lib/invoices/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const NAME = 'list-withholding-certificates';

export const handler = operation({
  name: NAME,
  summary: 'Withholding certificates, the newest first; an operator who names no partner sees those to be reviewed.',
  rules: 'FIN-124, FIN-125',
  route: 'GET /v1/withholding-certificates',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  query: z.object({ partnerId: partnerField, ...pageQuery }),
  response: z.object({ items: z.array(certificateView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { partnerId: named, limit, cursor } }) => {
    const partnerId = actor.kind === 'operator' ? named : partnerOf(actor, named);
    const list = `${NAME}:${partnerId ?? ''}`;
    const { certificates, nextKey } = await listCertificates(partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: await Promise.all(certificates.map(toCertificateView)), nextCursor: toCursor(nextKey, list) };
  },
});
