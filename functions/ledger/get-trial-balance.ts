import * as z from 'zod';
import { partnerField } from '#lib/billing/index.ts';
import { loadAccount, loadTrialBalance, toTrialBalanceView, trialBalanceView } from '#lib/ledger/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-trial-balance',
  summary: 'Debits and credits by account and currency, of one partner or of all.',
  rules: 'FIN-167',
  route: 'GET /v1/trial-balance',
  actors: ['operator'],
  query: z.object({ partnerId: partnerField }),
  response: trialBalanceView,
  errors: [],
  run: async ({ query: { partnerId } }) =>
    partnerId === undefined
      ? toTrialBalanceView(await loadTrialBalance())
      : toTrialBalanceView((await loadAccount(partnerId)).balances, partnerId),
});
