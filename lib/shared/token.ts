import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { clock } from './clock.ts';
import { issuerUrl, tokenAudience } from './resources.ts';

/** Signatures by a key pair of the issuer; never `none`, never a shared secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256'];
const DISCOVERY_MS = 3_000;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

let keys: Promise<JWTVerifyGetKey> | undefined;

/**
 * Whom a bearer token names, when the configured issuer signed it for this API and it has not expired (ORG-57).
 * @returns `undefined` for any other token; throws when the issuer cannot be asked
 */
export async function verifiedSubject(token: string): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(token, await issuerKeys(), {
      issuer: issuerUrl(),
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(clock.now()),
    });
    return isForUs(payload) ? payload.sub : undefined;
  } catch (error) {
    if (isTokenDefect(error)) return undefined;
    throw error;
  }
}

/** Access tokens of a Cognito user pool name the client instead of an audience. */
function isForUs({ aud, client_id: client }: JWTPayload): boolean {
  if (aud === undefined) return client === tokenAudience();
  return Array.isArray(aud) ? aud.includes(tokenAudience()) : aud === tokenAudience();
}

/** The keys are found once per container and fetched again by the library when a token names an unknown one. */
function issuerKeys(): Promise<JWTVerifyGetKey> {
  keys ??= discoverKeys().catch((error: unknown) => {
    keys = undefined; // the next request asks again
    throw error;
  });
  return keys;
}

async function discoverKeys(): Promise<JWTVerifyGetKey> {
  const issuer = issuerUrl();
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_MS),
  });
  if (!answer.ok) throw new Error(`the issuer answers ${answer.status} to discovery`);
  const document = discoveryDocument.parse(await answer.json());
  if (document.issuer !== issuer) throw new Error('the discovery document is that of another issuer');
  return createRemoteJWKSet(new URL(document.jwks_uri));
}

/** The library fails for three kinds of reasons: the token, the issuer's answer, and the line to it. Only the first is the caller's. */
const ISSUER_FAULTS: ReadonlySet<string> = new Set([
  errors.JOSEError.code,
  errors.JWKSInvalid.code,
  errors.JWKSTimeout.code,
]);

const isTokenDefect = (error: unknown): boolean => error instanceof errors.JOSEError && !ISSUER_FAULTS.has(error.code);
