import * as z from 'zod';
import { correctionErrors, reasonField } from '#lib/billing/index.ts';
import { decideTicket, entityErrors, ticketErrors, ticketView, toTicketView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'decide-invoice-ticket',
  summary:
    'Accepts or refuses a ticket: a missing invoice is made out, an invoice given back is Returned and gets a credit note.',
  rules: 'FIN-116, FIN-117',
  route: 'POST /v1/invoice-tickets/{ticketId}/decision',
  actors: ['operator'],
  path: z.object({ ticketId: idParam }),
  body: z.object({ accepted: z.boolean(), answer: reasonField }),
  response: ticketView,
  errors: [
    ticketErrors.TICKET_NOT_FOUND,
    ticketErrors.TICKET_CLOSED,
    correctionErrors.BILL_VOIDED,
    entityErrors.ISSUING_ENTITY_MISSING,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ path, body, now }) => toTicketView(await decideTicket(path.ticketId, body, now)),
});
