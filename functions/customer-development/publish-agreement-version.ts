import * as z from 'zod';
import {
  agreementCodeField,
  agreementVersionField,
  agreementView,
  associationErrors,
  publishAgreement,
  toAgreementView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'publish-agreement-version',
  summary: 'Puts a new version of an agreement in force; earlier versions stay as they are.',
  rules: 'DEV-111, DEV-133, DEV-143, DEV-203',
  route: 'POST /v1/agreements/{code}/versions',
  actors: ['operator'],
  path: z.object({ code: agreementCodeField }),
  body: z.object({
    version: agreementVersionField,
    title: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(100_000),
  }),
  response: agreementView,
  status: 201,
  errors: [associationErrors.AGREEMENT_VERSION_TAKEN],
  run: async ({ path, body, now }) => toAgreementView(await publishAgreement(path.code, body, now)),
});
