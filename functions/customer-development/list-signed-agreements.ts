import * as z from 'zod';
import { listSignedAgreements, signedAgreementView } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-signed-agreements',
  summary: 'What the acting customer signed, newest first: name, version and time.',
  rules: 'DEV-112',
  route: 'GET /v1/my-partner/agreements',
  actors: ['customer'],
  response: z.object({ agreements: z.array(signedAgreementView) }),
  errors: [],
  run: async ({ customer }) => ({ agreements: await listSignedAgreements(customer.customerId) }),
});
