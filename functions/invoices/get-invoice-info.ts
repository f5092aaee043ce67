import { billedPartners } from '#lib/billing/index.ts';
import { infoView, readInfo, toInfoView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-invoice-info',
  summary: 'What is printed on the invoices of the own partner, and whether they are mailed.',
  rules: 'FIN-114, FIN-115',
  route: 'GET /v1/invoice-info',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  response: infoView,
  errors: [sharedErrors.PARTNER_NOT_FOUND],
  run: async ({ member }) => toInfoView(await readInfo(member.partnerId)),
});
