import * as z from 'zod';
import { claimScope, revealAccount } from '#lib/repayments/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-payer-account',
  summary: 'The account number that the money of a claim was sent from, in clear, to match it; leaves a trace.',
  rules: 'FIN-80',
  route: 'GET /v1/transfer-claims/{claimId}/payer-account',
  actors: ['operator'],
  scope: claimScope,
  traced: true,
  path: z.object({ claimId: idParam }),
  response: z.object({ bankAccount: z.string() }),
  errors: [],
  run: async ({ resource }) => ({ bankAccount: await revealAccount(resource) }),
});
