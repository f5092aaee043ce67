import * as z from 'zod';
import {
  agreementCodeField,
  agreementVersionField,
  agreementView,
  associationErrors,
  loadAgreement,
  toAgreementView,
} from '#lib/customer-development/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

/** Who signed may read it again (DEV-112), and who is to sign, before. */
export const handler = operation({
  name: 'get-agreement-version',
  summary: 'The text of one version of an agreement.',
  rules: 'DEV-112',
  route: 'GET /v1/agreements/{code}/versions/{version}',
  actors: 'anyone',
  path: z.object({ code: agreementCodeField, version: agreementVersionField }),
  response: agreementView,
  errors: [associationErrors.AGREEMENT_NOT_FOUND],
  run: async ({ path }) => {
    const agreement = await loadAgreement(path.code, path.version);
    if (!agreement) throw new Refusal(associationErrors.AGREEMENT_NOT_FOUND);
    return toAgreementView(agreement);
  },
});
