import * as z from 'zod';
import { customerScope, customerView, toCustomerView } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-customer',
  summary: 'A customer with its association and freeze state; personal fields masked.',
  rules: 'CUS-002, CUS-049, CUS-055',
  route: 'GET /v1/customers/{customerId}',
  actors: ['member', 'operator', 'customer'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  response: customerView,
  errors: [],
  run: async ({ actor, resource }) => toCustomerView(resource, actor.kind === 'member' ? actor.partnerId : undefined),
});
