import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import { associateByTicket, TICKET_ERRORS, waivedCodes } from '#lib/customer-development/index.ts';
import { customerScope, customerView, toCustomerView } from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'associate-by-ticket',
  summary:
    'Associates a customer on a ticket, setting aside what a ticket may waive; without the default freeze if it asks so.',
  rules: 'DEV-85, DEV-96, DEV-97, DEV-98, DEV-109, DEV-110',
  route: 'POST /v1/customers/{customerId}/ticket-association',
  actors: ['operator'],
  customerTrace: 'customerEnter',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({
    ticketId: z.string().trim().min(1).max(64),
    partnerId: idParam.meta({ description: 'The partner that the customer deals with, a reseller included' }),
    type: z.enum(['reseller', 'referral']).default('reseller'),
    accountManagerId: idParam.optional(),
    customTag: z.string().trim().min(1).max(64).optional(),
    skipDefaultFreeze: z.boolean().default(false),
  }),
  response: z.object({ customer: customerView, waived: waivedCodes }),
  status: 201,
  timeoutSeconds: 20,
  errors: [
    ...TICKET_ERRORS,
    accountErrors.PLATFORM_UNAVAILABLE,
    sharedErrors.PARTNER_NOT_FOUND,
    sharedErrors.PARTNER_INACTIVE,
  ],
  run: async ({ path, body, now }) => {
    const { customer, waived } = await associateByTicket(path.customerId, body, now);
    return { customer: toCustomerView(customer, body.partnerId), waived };
  },
});
