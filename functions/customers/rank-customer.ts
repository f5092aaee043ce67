import * as z from 'zod';
import { budgetChanged } from '#events/budgets.ts';
import { customerAssociated, customerAssociationTypeChanged, customerDisassociated } from '#events/customers.ts';
import { usageMoved } from '#events/expenditures.ts';
import { rankCustomer } from '#lib/customer-views/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

const aboutCustomer = z.object({ customerId: z.string() });

export const handler = consumer({
  name: 'rank-customer',
  summary: 'Keeps the order of customers by month-to-date expenditure and budget usage.',
  rules: 'CUS-246',
  queue: 'customer-ranks',
  timeoutSeconds: 30,
  events: [usageMoved, budgetChanged, customerAssociated, customerDisassociated, customerAssociationTypeChanged],
  run: async ({ detail }, { now }) => rankCustomer(aboutCustomer.parse(detail).customerId, now),
});
