import * as z from 'zod';
import {
  agreementVersionField,
  associationErrors,
  getMyPartner,
  myPartnerView,
  signInstructions,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'sign-association-instructions',
  summary: 'Accepts the present version of the association instructions.',
  rules: 'DEV-111',
  route: 'POST /v1/my-partner/instructions',
  actors: ['customer'],
  body: z.object({ version: agreementVersionField }),
  response: myPartnerView,
  errors: [associationErrors.NO_INSTRUCTIONS_TO_SIGN, associationErrors.AGREEMENT_OUTDATED],
  run: async ({ customer, body, now }) => {
    await signInstructions(customer.customerId, body.version, now);
    return getMyPartner(customer.customerId);
  },
});
