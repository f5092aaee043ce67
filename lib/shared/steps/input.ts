import type * as z from 'zod';
import { type FieldError, Refusal, sharedErrors } from '../errors.ts';
import { digestOf } from '../ids.ts';
import type { HttpEvent, OperationDefinition, Step } from '../operation.ts';

/** Parses path, query and body; all bad fields are named at once, each by a JSON pointer. */
export const input = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    const fields: FieldError[] = [];
    const take = (schema: z.ZodType | undefined, value: unknown, place: string): unknown => {
      if (!schema) return undefined;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues)
        fields.push({ pointer: pointerOf(place, issue.path), detail: issue.message });
      return undefined;
    };
    const rawBody = definition.body ? withIfMatch(readBody(event, fields), event) : undefined;
    const { exchange } = event;
    exchange.path = take(definition.path, event.pathParameters ?? {}, 'path');
    exchange.query = take(definition.query, event.queryStringParameters ?? {}, 'query');
    if (fields.length === 0 || rawBody !== undefined) exchange.body = take(definition.body, rawBody, '');
    if (fields.length > 0) throw new Refusal(sharedErrors.INPUT_INVALID, {}, fields);
    exchange.requestDigest = digestOf({
      operation: definition.name,
      path: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      body: rawBody ?? null,
    });
  },
});

function readBody(event: HttpEvent, fields: FieldError[]): unknown {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    fields.push({ pointer: '', detail: 'must be JSON' });
    return undefined;
  }
}

/** `If-Match: "7"` is the same as `expectedVersion: 7` in the body. */
function withIfMatch(body: unknown, event: HttpEvent): unknown {
  const tag = /^"?(\d+)"?$/.exec(event.headers?.['if-match'] ?? '');
  if (!tag || typeof body !== 'object' || body === null || 'expectedVersion' in body) return body;
  return { ...body, expectedVersion: Number(tag[1]) };
}

const pointerOf = (place: string, path: readonly PropertyKey[]): string =>
  [place, ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
