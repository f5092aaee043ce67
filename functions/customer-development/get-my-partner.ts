import { getMyPartner, myPartnerView } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-my-partner',
  summary: "The acting customer's partner, what it signed and what it is asked to sign.",
  rules: 'DEV-111, DEV-112, DEV-113',
  route: 'GET /v1/my-partner',
  actors: ['customer'],
  response: myPartnerView,
  errors: [],
  run: ({ customer }) => getMyPartner(customer.customerId),
});
