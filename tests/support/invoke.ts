import type { OperationHandler } from '#lib/shared/operation.ts';
import { toHttpEvent } from '../../infra/local/http-event.ts';

export interface Request {
  /** Whose verified token comes with the request; nobody's when not given. */
  readonly as?: { readonly subject: string };
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** The query as it stands in the address, for what no record can say. */
  readonly rawQuery?: string;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON; tests compare it with what the contract says. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read arbitrary members of answers
  readonly body: any;
}

/** Calls an operation's handler as API Gateway would after the authorizer has verified the token. */
export async function invoke(handler: OperationHandler, request: Request = {}): Promise<Answer> {
  const [method = '', template = ''] = handler.definition.route.split(' ');
  const result = await handler(
    toHttpEvent({
      method,
      route: handler.definition.route,
      rawPath: template.replaceAll(/\{(\w+)\+?\}/g, (_whole, name: string) =>
        encodeURIComponent(request.path?.[name] ?? ''),
      ),
      rawQuery: request.query ? new URLSearchParams(texts(request.query)).toString() : request.rawQuery,
      pathParameters: request.path,
      headers: lowerCase({
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      }),
      body:
        request.body === undefined || typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
      authorized: request.as && { subject: request.as.subject },
    }),
  );
  const headers = lowerCase(texts(result.headers ?? {}));
  return { status: result.statusCode ?? 200, headers, body: parsed(result.body, headers['content-type']) };
}

function parsed(body: string | undefined, contentType = ''): unknown {
  return body !== undefined && contentType.includes('json') ? JSON.parse(body) : body;
}

const texts = (values: Readonly<Record<string, string | number | boolean>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
