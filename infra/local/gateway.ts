import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { defineErrors, type ErrorDefinition, sharedErrors, toProblem } from '#lib/shared/errors.ts';
import type { HttpResult, OperationHandler } from '#lib/shared/operation.ts';
import { crossOriginRules } from '../cors.ts';
import { type CrossOrigin, crossOrigin } from './cross-origin.ts';
import type { AuthorizerHandler } from './functions.ts';
import { toHttpEvent } from './http-event.ts';
import { LOOPBACK, listen } from './ports.ts';

/** A limit of API Gateway. */
const LARGEST_BODY = 10 * 1024 * 1024;

const gatewayErrors = defineErrors({
  PAYLOAD_TOO_LARGE: { status: 413, message: 'A request may carry 10 MB; upload larger files through a link.' },
});

/** A route of the local stack alone, such as its clock. */
export type LocalRoute = (body: string) => Promise<HttpResult>;

export interface GatewayOptions {
  readonly port: number;
  readonly operations: readonly OperationHandler[];
  readonly authorizer: AuthorizerHandler;
  /** Scripts of this URL's origin may call from a browser. */
  readonly portal?: string;
  /** By method and path. */
  readonly localRoutes?: Readonly<Record<string, LocalRoute>>;
}

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a matched route does with a request; `path` holds the path parameters. */
type Target = (request: IncomingMessage, path: Record<string, string | undefined>) => Promise<HttpResult>;

/** Serves the operations over HTTP as an API Gateway HTTP API does: routes, authorizer, payload format 2.0, body limit. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const find = routesOf(options);
  const cors = crossOrigin(crossOriginRules(options.operations), options.portal);
  const server = createServer((request, response) => void serve(find, cors, request, response));
  const port = await listen(server, options.port);
  return {
    url: `http://${LOOPBACK}:${port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections(); // requests under way are answered
      await closed;
    },
  };
}

type Find = (method: string, path: string) => { target: Target; path: Record<string, string | undefined> } | undefined;

function routesOf({ operations, authorizer, localRoutes = {} }: GatewayOptions): Find {
  const router = findMyWay({ maxParamLength: 1_000 });
  const add = (route: string, target: Target): void => {
    const [method = '', path = ''] = route.split(' ');
    router.on(method as HTTPMethod, path.replaceAll(/\{(\w+)\}/g, ':$1'), () => undefined, target);
  };
  for (const operation of operations)
    add(operation.definition.route, (request, path) => call(operation, authorizer, request, path));
  for (const [route, handler] of Object.entries(localRoutes))
    add(route, async (request) => handler((await bodyOf(request)).toString('utf8')));
  return (method, path) => {
    const found = router.find(method as HTTPMethod, path);
    return found ? { target: found.store, path: found.params } : undefined;
  };
}

async function serve(find: Find, cors: CrossOrigin, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { origin } = request.headers;
  const result = request.method === 'OPTIONS' ? cors.preflight(origin) : await answer(find, request);
  const headers = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  response.writeHead(result.statusCode ?? 200, { ...headers, ...cors.headers(origin) });
  response.end(result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64') : result.body);
}

async function answer(find: Find, request: IncomingMessage): Promise<HttpResult> {
  try {
    const found = find(request.method ?? '', pathOf(request));
    return found ? await found.target(request, found.path) : problem(sharedErrors.NOT_FOUND);
  } catch (error) {
    if (error instanceof TooLarge) return problem(gatewayErrors.PAYLOAD_TOO_LARGE);
    console.error('the local gateway failed:', error);
    return problem(sharedErrors.INTERNAL_ERROR);
  }
}

async function call(
  operation: OperationHandler,
  authorizer: AuthorizerHandler,
  request: IncomingMessage,
  path: Record<string, string | undefined>,
): Promise<HttpResult> {
  const headers = headersOf(request);
  const { actors, route } = operation.definition;
  const authorized = actors === 'anyone' ? undefined : await authorize(authorizer, headers);
  if (actors !== 'anyone' && !authorized) return problem(sharedErrors.UNAUTHENTICATED);
  const body = await bodyOf(request);
  const isText = /^(text\/|application\/(json|javascript|xml|.+\+json|x-www-form-urlencoded))/.test(
    headers['content-type'] ?? 'text/plain',
  );
  const [, rawQuery = ''] = (request.url ?? '').split(/\?(.*)/s);
  return operation(
    toHttpEvent({
      method: request.method ?? '',
      rawPath: pathOf(request),
      rawQuery,
      route,
      pathParameters: path,
      headers,
      body: body.length === 0 ? undefined : body.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: body.length > 0 && !isText,
      sourceIp: request.socket.remoteAddress,
      authorized,
    }),
  );
}

/** The header is the identity source: without it the authorizer is not even asked. */
async function authorize(
  authorizer: AuthorizerHandler,
  headers: Record<string, string>,
): Promise<{ subject?: string } | undefined> {
  if (headers.authorization === undefined) return undefined;
  const verdict = await authorizer({ headers });
  return verdict.isAuthorized ? verdict.context : undefined;
}

class TooLarge extends Error {}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk); // the rest is read and thrown away, so that the client hears the answer
  }
  if (size > LARGEST_BODY) throw new TooLarge();
  return Buffer.concat(chunks);
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );

function problem(definition: ErrorDefinition): HttpResult {
  const requestId = randomUUID();
  return {
    statusCode: definition.status,
    headers: {
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      ...(definition.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(toProblem(definition, requestId)),
  };
}
