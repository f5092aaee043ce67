import { billedPartners } from '#lib/billing/index.ts';
import { infoErrors, infoInput, infoView, setInfo, toInfoView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-invoice-info',
  summary: 'Address, e-mail address and mail delivery, for invoices created from now on.',
  rules: 'FIN-114, FIN-115, FIN-118',
  route: 'PUT /v1/invoice-info',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  body: infoInput,
  response: infoView,
  errors: [
    infoErrors.TAX_ID_READ_ONLY,
    infoErrors.EMAIL_REQUIRED,
    sharedErrors.PARTNER_NOT_FOUND,
    sharedErrors.VERSION_CONFLICT,
  ],
  run: async ({ member, body, now }) => toInfoView(await setInfo(member.partnerId, body, now)),
});
