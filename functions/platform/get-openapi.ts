import * as z from 'zod';
import { openApiAnswer } from '#lib/platform/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-openapi',
  summary: 'This document: OpenAPI 3.1 of every operation.',
  rules: 'none',
  route: 'GET /v1/openapi.json',
  actors: 'anyone',
  response: z.record(z.string(), z.unknown()),
  errors: [],
  run: openApiAnswer,
});
