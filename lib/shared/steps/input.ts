import * as z from 'zod';
import { type FieldError, Refusal, sharedErrors } from '../errors.ts';
import { digestOf } from '../ids.ts';
import type { HttpEvent, OperationDefinition, Step } from '../operation.ts';
import { declaredField, repeatedParameters, undeclaredPaths } from '../undeclared.ts';

/** What an operation takes that declares no query or no body. */
const NOTHING = z.object({});

/** Parses path, query and body; all bad fields are named at once, each by a JSON pointer, and what is not declared is one. */
export const input = (definition: OperationDefinition): Step => ({
  before: async ({ event }) => {
    const { exchange } = event;
    const { query: querySchema = NOTHING, body: bodySchema = NOTHING } = definition;
    const rawBody = withIfMatch(readBody(event), bodySchema, event);
    const path = parse(definition.path ?? z.unknown(), event.pathParameters ?? {}, 'path'); // its names are those of the route
    const query = takeQuery(querySchema, event);
    const body = take(bodySchema, rawBody, '');
    const fields = [path, query, body].flatMap(({ faults }) => faults);
    if (fields.length > 0) throw new Refusal(sharedErrors.INPUT_INVALID, {}, fields);
    exchange.path = path.value;
    exchange.query = query.value;
    exchange.body = body.value;
    exchange.requestDigest = digestOf({
      operation: definition.name,
      path: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      body: definition.body ? rawBody : null,
    });
  },
});

interface Taken {
  readonly value?: unknown;
  readonly faults: readonly FieldError[];
}

function parse(schema: z.ZodType, value: unknown, place: string): Taken {
  const { data, error } = schema.safeParse(value);
  return { value: data, faults: (error?.issues ?? []).map(({ path, message }) => fault(place, path, message)) };
}

function take(schema: z.ZodType, value: unknown, place: string): Taken {
  if (value === UNREADABLE) return { faults: [fault(place, [], 'must be JSON')] };
  const parsed = parse(schema, value, place);
  const undeclared = undeclaredPaths(schema, value).map((path) => fault(place, path, 'there is no such field'));
  return { ...parsed, faults: [...parsed.faults, ...undeclared] };
}

/** A parameter that came several times is one joined text by now: what is wrong with that text helps nobody. */
function takeQuery(schema: z.ZodType, event: HttpEvent): Taken {
  const { value, faults } = take(schema, event.queryStringParameters ?? {}, 'query');
  const repeated = repeatedParameters(schema, event.rawQueryString).map((name) =>
    fault('query', [name], 'may be given once'),
  );
  return {
    value,
    faults: [...faults.filter(({ pointer }) => !repeated.some((each) => each.pointer === pointer)), ...repeated],
  };
}

const UNREADABLE = Symbol('no JSON');

function readBody(event: HttpEvent): unknown {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** `If-Match: "7"` is the same as `expectedVersion: 7` in a body that may have it. */
function withIfMatch(body: unknown, schema: z.ZodType, event: HttpEvent): unknown {
  const tag = /^"?(\d+)"?$/.exec(event.headers?.['if-match'] ?? '');
  if (!tag || !declaredField(schema, 'expectedVersion')) return body;
  if (typeof body !== 'object' || body === null || 'expectedVersion' in body) return body;
  return { ...body, expectedVersion: Number(tag[1]) };
}

const fault = (place: string, path: readonly PropertyKey[], detail: string): FieldError => ({
  pointer: [place, ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/'),
  detail,
});
