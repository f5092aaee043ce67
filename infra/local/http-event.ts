import { randomUUID } from 'node:crypto';
import type { HttpEvent } from '#lib/shared/operation.ts';
import { ACCOUNT_ID } from './environment.ts';

export interface HttpRequest {
  readonly method: string;
  /** The path as the client sent it. */
  readonly rawPath: string;
  /** The route as declared, such as `GET /v1/customers/{customerId}`. */
  readonly route: string;
  readonly rawQuery?: string;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly sourceIp?: string;
  /** What the authorizer said; absent on a route without one. */
  readonly authorized?: { readonly subject?: string };
}

/** The request in the payload format 2.0 of an HTTP API, as a function gets it. */
export function toHttpEvent(request: HttpRequest): HttpEvent {
  const { method, rawPath, rawQuery = '', headers = {} } = request;
  const time = new Date(); // API Gateway stamps requests by the wall clock
  return {
    version: '2.0',
    routeKey: request.route,
    rawPath,
    rawQueryString: rawQuery,
    headers: { ...headers },
    queryStringParameters: rawQuery === '' ? undefined : joined(new URLSearchParams(rawQuery)),
    pathParameters:
      request.pathParameters && Object.keys(request.pathParameters).length > 0
        ? { ...request.pathParameters }
        : undefined,
    body: request.body,
    isBase64Encoded: request.isBase64Encoded ?? false,
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: request.route,
      stage: '$default',
      time: time.toISOString(),
      timeEpoch: time.getTime(),
      // A route without an authorizer has no such member; the type does not know that case.
      authorizer: request.authorized ? { lambda: request.authorized } : (undefined as never),
    },
  };
}

/** A parameter given several times arrives as one, its values joined by commas. */
function joined(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));
}
