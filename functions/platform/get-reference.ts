import * as z from 'zod';
import { referencePage } from '#lib/platform/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reference',
  summary: 'The API reference as a page to read.',
  rules: 'none',
  route: 'GET /docs',
  actors: 'anyone',
  query: z.looseObject({}), // a page is opened from mails and searches, which add parameters of their own
  response: z.string().meta({ contentMediaType: 'text/html' }),
  errors: [],
  run: referencePage,
});
