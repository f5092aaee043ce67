import * as z from 'zod';
import {
  associateCustomer,
  customerErrors,
  customerScope,
  customerView,
  toCustomerView,
} from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** CUS-021: the account starts frozen and its budget at 0.00. */
export const handler = operation({
  name: 'associate-customer',
  summary: 'Associates a customer with a partner; in the reseller model its account starts frozen.',
  rules: 'CUS-021, CUS-188, ORD-180',
  route: 'POST /v1/customers/{customerId}/association',
  actors: ['operator'],
  customerTrace: 'customerEnter',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({
    partnerId: z.string(),
    resellerId: z.string().optional(),
    type: z.enum(['reseller', 'referral']).default('reseller'),
    customTag: z.string().trim().min(1).max(64).optional(),
    accountManagerId: z.string().optional(),
  }),
  response: customerView,
  status: 201,
  errors: [
    sharedErrors.PARTNER_NOT_FOUND,
    customerErrors.ALREADY_ASSOCIATED,
    customerErrors.PARTNER_CANNOT_ASSOCIATE,
    customerErrors.RESELLER_NOT_OF_PARTNER,
    customerErrors.REFERRAL_NOT_POSSIBLE,
    customerErrors.NOT_AN_ACCOUNT_MANAGER,
  ],
  run: async ({ path, body, now }) =>
    toCustomerView(await associateCustomer(path.customerId, body, now), body.partnerId),
});
