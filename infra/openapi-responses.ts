import { STATUS_CODES } from 'node:http';
import { type ErrorDefinition, toProblem } from '#lib/shared/errors.ts';
import type { OperationDefinition } from '#lib/shared/operation.ts';
import { type Components, type JsonSchema, propertiesOf } from './openapi-schemas.ts';
import { errorsOf } from './operation-errors.ts';

const SAMPLE_REQUEST_ID = 'JKJaXmPLvHcESHA=';
const requestIdHeader = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

/** What an operation can answer: its success, and every refusal grouped by status. */
export function responsesOf(definition: OperationDefinition, components: Components): Record<string, JsonSchema> {
  const byStatus = Map.groupBy(errorsOf(definition), (each) => each.status);
  const problems = [...byStatus].map(([status, errors]): [string, JsonSchema] => [
    String(status),
    problemResponse(status, errors),
  ]);
  return {
    ...successResponse(definition, components),
    429: { $ref: '#/components/responses/Throttled' },
    ...Object.fromEntries(problems),
  };
}

function successResponse(
  { status = 200, response, route }: OperationDefinition,
  components: Components,
): Record<string, JsonSchema> {
  const replayed = route.startsWith('POST ')
    ? { 'idempotent-replayed': { $ref: '#/components/headers/IdempotentReplayed' } }
    : {};
  const description = STATUS_CODES[status] ?? 'Done';
  if (status === 204) return { 204: { description, headers: { ...requestIdHeader, ...replayed } } };
  const schema = components.response(response);
  const etag = 'version' in propertiesOf(schema) ? { etag: { $ref: '#/components/headers/ETag' } } : {};
  const mediaType = typeof schema.contentMediaType === 'string' ? schema.contentMediaType : 'application/json';
  return {
    [status]: {
      description,
      headers: { ...requestIdHeader, ...replayed, ...etag },
      content: { [mediaType]: { schema } },
    },
  };
}

/** A status alone does not say what went wrong, so the schema lists the codes that come with it. */
function problemResponse(status: number, errors: readonly ErrorDefinition[]): JsonSchema {
  const retryAfter = status === 429 ? { 'retry-after': { $ref: '#/components/headers/RetryAfter' } } : {};
  const codes = { type: 'object', properties: { code: { enum: errors.map(({ code }) => code) } } };
  return {
    description: errors.map(({ code, message }) => `\`${code}\` ${message}`).join('\n\n'),
    headers: { ...requestIdHeader, ...retryAfter },
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, codes] },
        examples: Object.fromEntries(
          errors.map((error) => [error.code, { value: toProblem(error, SAMPLE_REQUEST_ID) }]),
        ),
      },
    },
  };
}
