import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.ts';
import type { DeclaredFunction } from './local/functions.ts';
import { HEADERS, PARAMETERS } from './openapi-headers.ts';
import { openApiOperation, readable } from './openapi-operation.ts';
import { Components, type JsonSchema } from './openapi-schemas.ts';

const INTRODUCTION = `
Everything a partner, its customers and the platform's operators do, one operation each.

- **Identity** A bearer token of the configured OpenID Connect issuer. Who it stands for, and what that person may do, is read on every request.
- **Amounts** are decimal strings, times RFC 3339; months and days are those of GMT+08:00.
- **Refusals** are problem documents (RFC 9457). \`code\` says what is wrong, \`errors\` names every bad field at once. Nothing was changed.
- **What is not declared** is a bad field, too: a parameter or field with a typing error is refused, not left out.
- **Somebody else's resource** answers 404, as one that does not exist.
- **Lists** take \`limit\` (50, at most 100) and the \`cursor\` of the page before.
- **Browsers** may call from the portal's origin (CORS), with every header named here.
- **Repeating a POST** is safe under an \`Idempotency-Key\`: same key and request, same answer.
- **Concurrent changes** are refused: say the version you read as \`expectedVersion\` or \`If-Match\`.
- **Critical operations** answer 403 \`VERIFICATION_REQUIRED\` with a \`challengeId\`; ask for a code, then repeat the same request with
  \`Verification-Challenge\` and \`Verification-Code\`.
`.trim();

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
    instance: { type: 'string', description: 'The request id.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the body, or query/…, path/…, header/…' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

/** The gateway itself answers this, before any function runs: no problem document. */
const RESPONSES = { Throttled: { description: 'Too many requests at once; repeat later.' } };

/** OpenAPI 3.1 of all operations, derived from their declarations. */
export function openApiDocument(functions: readonly DeclaredFunction[]): JsonSchema {
  const components = new Components();
  const areas = new Set<string>();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const { area, handler } of functions) {
    if (handler.definition.kind !== 'operation') continue;
    const [method = '', path = ''] = handler.definition.route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: openApiOperation(handler.definition, area, components) };
    areas.add(area);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Partner Center',
      version: packageVersion(),
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...areas].map((name) => ({ name, 'x-displayName': readable(name), description: aboutArea(name) })),
    paths: Object.fromEntries(Object.entries(paths).sort()),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: PROBLEM, ...components.schemas },
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: RESPONSES,
    },
  };
}

/** The first paragraph of the area's README says what the area is about. */
function aboutArea(area: string): string {
  const readme = join(ROOT, 'lib', area, 'README.md');
  const paragraphs = existsSync(readme) ? readFileSync(readme, 'utf8').split(/\n\s*\n/) : [];
  return (paragraphs.find((each) => !each.startsWith('#')) ?? area).replaceAll(/\s+/g, ' ').trim();
}

const packageVersion = (): string => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
