import type { HttpResult } from '#lib/shared/operation.ts';
import type { CrossOriginRules } from '../cors.ts';

type Headers = Readonly<Record<string, string>>;

/** What a browser is told about calls from another origin, as the HTTP API tells it. */
export interface CrossOrigin {
  /** The gateway itself answers the question whether a request may be sent; no operation and no authorizer sees it. */
  preflight(origin: string | undefined): HttpResult;
  /** Added to every answer. */
  headers(origin: string | undefined): Headers;
}

/** @param portal the URL whose origin is let in; nobody's when not given */
export function crossOrigin(rules: CrossOriginRules, portal: string | undefined): CrossOrigin {
  const allowed = portal === undefined ? undefined : new URL(portal).origin;
  const forAllowed = (origin: string | undefined, headers: Headers): Headers =>
    origin !== undefined && origin === allowed ? { 'access-control-allow-origin': origin, ...headers } : {};
  return {
    preflight: (origin) => ({
      statusCode: 204,
      headers: forAllowed(origin, {
        'access-control-allow-methods': rules.methods.join(','),
        'access-control-allow-headers': rules.requestHeaders.join(','),
        'access-control-max-age': String(rules.maxAgeSeconds),
      }),
    }),
    headers: (origin) => forAllowed(origin, { 'access-control-expose-headers': rules.exposedHeaders.join(',') }),
  };
}
