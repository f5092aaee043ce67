import * as z from 'zod';
import { entityView, listEntities } from '#lib/invoices/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-issuing-entities',
  summary: 'The companies in whose name invoices are issued.',
  rules: 'FIN-110',
  route: 'GET /v1/issuing-entities',
  actors: ['operator'],
  response: z.object({ items: z.array(entityView) }),
  errors: [],
  run: async () => ({ items: await listEntities() }),
});
