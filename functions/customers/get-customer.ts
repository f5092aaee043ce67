import * as z from 'zod';
import { customerDetail, readDetail } from '#lib/customer-views/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-customer',
  summary: 'A customer with its association, freeze, budget and expenditures; personal fields masked.',
  rules: 'CUS-002, CUS-049 to CUS-053, CUS-055',
  route: 'GET /v1/customers/{customerId}',
  actors: ['member', 'operator', 'customer'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  query: z.object({
    blocks: z.enum(['all', 'header']).default('all').meta({ description: 'header: the customer alone, by one read' }),
  }),
  response: customerDetail,
  errors: [],
  run: async ({ actor, resource, query, now }) => readDetail(actor, resource, query, now),
});
