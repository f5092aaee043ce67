import * as z from 'zod';
import { referenceAsset } from '#lib/platform/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reference-asset',
  summary: 'A script of the reference page.',
  rules: 'none',
  route: 'GET /docs/{asset}',
  actors: 'anyone',
  path: z.object({ asset: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*\.js$/, 'must be the name of a script') }),
  response: z.string().meta({ contentMediaType: 'text/javascript' }),
  errors: [sharedErrors.NOT_FOUND],
  run: ({ path }) => referenceAsset(path.asset),
});
