import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import { clock } from '#lib/shared/clock.ts';
import { epochSeconds } from '#lib/shared/time.ts';
import { LOCAL_AUDIENCE } from './environment.ts';
import { close, LOOPBACK, listen } from './ports.ts';

/** Long enough for a clock that is moved by months. */
const VALID_SECONDS = 10 * 365 * 86_400;
const ALGORITHM = 'ES256';

export interface Issuer {
  readonly url: string;
  /** The private key, to be kept so that tokens outlive a restart. */
  readonly key: JWK;
  tokenFor(subject: string): Promise<string>;
  stop(): Promise<void>;
}

const tokenRequest = z.object({ subject: z.string().min(1).max(200) });

/** An OpenID Connect issuer for one machine: whoever asks for a subject's token gets it. */
export async function startIssuer(options: { port: number; key?: JWK }): Promise<Issuer> {
  const key = options.key ?? (await newKey());
  const server = createServer((request, response) => void answer(request, response));
  const url = `http://${LOOPBACK}:${await listen(server, options.port)}`;

  const tokenFor = async (subject: string): Promise<string> => {
    const now = epochSeconds(clock.now());
    return new SignJWT({ sub: subject })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
      .setIssuer(url)
      .setAudience(LOCAL_AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + VALID_SECONDS)
      .sign(await importJWK(key, ALGORITHM));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await documentFor(request, { url, key, tokenFor });
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };

  return { url, key, tokenFor, stop: () => close(server) };
}

async function documentFor(
  request: IncomingMessage,
  issuer: Pick<Issuer, 'url' | 'key' | 'tokenFor'>,
): Promise<{ status: number; body: object }> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /.well-known/openid-configuration':
      return { status: 200, body: discovery(issuer.url) };
    case 'GET /jwks':
      return { status: 200, body: { keys: [publicPart(issuer.key)] } };
    case 'POST /token': {
      const wanted = tokenRequest.safeParse(fieldsOf(await text(request), request.headers['content-type']));
      if (!wanted.success)
        return { status: 400, body: { error: 'invalid_request', error_description: 'give a subject' } };
      const token = await issuer.tokenFor(wanted.data.subject);
      return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: VALID_SECONDS } };
    }
    default:
      return { status: 404, body: { error: 'not_found' } };
  }
}

const discovery = (url: string): object => ({
  issuer: url,
  jwks_uri: `${url}/jwks`,
  token_endpoint: `${url}/token`,
  response_types_supported: ['token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [ALGORITHM],
});

function fieldsOf(body: string, contentType = ''): unknown {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // answered as a bad request
  }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, kid: await calculateJwkThumbprint(key), alg: ALGORITHM, use: 'sig' };
}

const publicPart = ({ d: _secret, ...rest }: JWK): JWK => rest;
