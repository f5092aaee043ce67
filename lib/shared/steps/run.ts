import type { Customer, Member } from '../actor.ts';
import type { Exchange, HttpResult, Input, OperationDefinition } from '../operation.ts';
import { RawAnswer } from '../raw-answer.ts';
import type { PartnerStanding } from '../standing.ts';

/** Runs the operation and writes its answer in the declared form; what the contract does not name does not leave. */
export async function run(definition: OperationDefinition, exchange: Exchange): Promise<HttpResult> {
  const result = await definition.run(toInput(exchange));
  const headers: Record<string, string> = { 'x-request-id': exchange.call.requestId };
  if (result instanceof RawAnswer) {
    return {
      statusCode: 200,
      headers: { ...headers, ...result.headers },
      body: result.body,
      isBase64Encoded: result.base64,
    };
  }
  if (definition.status === 204) return { statusCode: 204, headers };
  const body = definition.response.parse(result);
  const version = (body as { version?: unknown }).version;
  if (typeof version === 'number') headers.etag = `"${version}"`;
  return {
    statusCode: definition.status ?? 200,
    headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

/** The declared type of the input is checked where the operation is declared; here only its presence is known. */
export function toInput(exchange: Exchange): Input<never, never, never, unknown> {
  const { call, actor, standing, resource } = exchange;
  return {
    path: exchange.path as never,
    query: exchange.query as never,
    body: exchange.body as never,
    actor: actor ?? call.actor,
    get member(): Member {
      if (actor?.kind !== 'member') throw new TypeError('the caller is no member');
      return actor;
    },
    get customer(): Customer {
      if (actor?.kind !== 'customer') throw new TypeError('the caller is no customer');
      return actor;
    },
    get standing(): PartnerStanding {
      if (!standing) throw new TypeError('the partner was not loaded for this operation');
      return standing;
    },
    resource,
    now: call.now,
  };
}
