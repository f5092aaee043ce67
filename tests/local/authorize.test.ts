import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { epochSeconds } from '#lib/shared/time.ts';
import { handler } from '../../functions/platform/authorize.ts';
import { LOCAL_AUDIENCE } from '../../infra/local/environment.ts';
import { type Issuer, startIssuer } from '../../infra/local/issuer.ts';
import { clock } from '../support/index.ts';

let issuer: Issuer;

beforeAll(async () => {
  issuer = await startIssuer({ port: 0 });
  process.env.TOKEN_ISSUER = issuer.url;
});
afterAll(() => issuer.stop());
afterEach(() => vi.unstubAllEnvs());

const now = () => epochSeconds(clock.now());
const good = () => ({ sub: 'mia', iss: issuer.url, aud: LOCAL_AUDIENCE, exp: now() + 60 });

const signed = async (claims: object, key: JWK = issuer.key, alg = 'ES256') =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: issuer.key.kid }).sign(await importJWK(key, alg));

/** The subject that the operation will see. */
const subjectOf = async (authorization?: string) => (await handler({ headers: { authorization } })).context.subject;

describe('a token of the configured issuer', () => {
  it('names the subject of the request', async () => {
    expect(await subjectOf(`Bearer ${await signed(good())}`)).toBe('mia');
    expect(await subjectOf(`Bearer ${await issuer.tokenFor('olga')}`)).toBe('olga');
  });

  it('may name its audience among others, or as the client of a Cognito access token', async () => {
    const { aud: _none, ...claims } = good();
    expect(await subjectOf(`Bearer ${await signed({ ...claims, aud: ['other', LOCAL_AUDIENCE] })}`)).toBe('mia');
    expect(await subjectOf(`Bearer ${await signed({ ...claims, client_id: LOCAL_AUDIENCE })}`)).toBe('mia');
  });
});

describe('any other token names nobody', () => {
  const table: [string, () => Promise<string> | string][] = [
    ['wrong issuer', () => signed({ ...good(), iss: 'https://elsewhere.example.com' })],
    ['wrong audience', () => signed({ ...good(), aud: 'another-api' })],
    ['audience of another client', () => signed({ ...good(), aud: undefined, client_id: 'another-client' })],
    ['no audience', () => signed({ ...good(), aud: undefined })],
    ['expired', () => signed({ ...good(), exp: now() - 1 })],
    ['expires this second', () => signed({ ...good(), exp: now() })],
    ['no expiry', () => signed({ ...good(), exp: undefined })],
    ['no subject', () => signed({ ...good(), sub: undefined })],
    ['not valid yet', () => signed({ ...good(), nbf: now() + 60 })],
    ['algorithm none', () => new UnsecuredJWT(good()).encode()],
    ['signed with a shared secret', () => signed(good(), { kty: 'oct', k: issuer.key.x }, 'HS256')],
    [
      "a stranger's key under the issuer's key id",
      async () => signed(good(), await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
    ],
    [
      'a changed payload',
      async () =>
        (await signed(good())).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...good(), sub: 'olga' })).toString('base64url')}.`,
        ),
    ],
    ['no token at all', () => 'not.a.token'],
  ];

  it.each(table)('%s', async (_name, token) => {
    expect(await subjectOf(`Bearer ${await token()}`)).toBeUndefined();
  });

  it('no header, another scheme, an empty one', async () => {
    expect(await subjectOf()).toBeUndefined();
    expect(await subjectOf(`Basic ${await signed(good())}`)).toBeUndefined();
    expect(await subjectOf('Bearer ')).toBeUndefined();
  });
});

describe('an issuer that cannot be asked', () => {
  it('is a failure of ours, not of the token, and the next request asks again', async () => {
    const { verifiedSubject } = await freshContainer();
    const token = await signed(good());

    vi.stubEnv('TOKEN_ISSUER', 'http://127.0.0.1:1');
    await expect(verifiedSubject(token)).rejects.toThrow();
    vi.stubEnv('TOKEN_ISSUER', issuer.url);
    expect(await verifiedSubject(token)).toBe('mia');
  });

  it('is one whose discovery document belongs to somebody else', async () => {
    const { verifiedSubject } = await freshContainer();
    vi.stubEnv('TOKEN_ISSUER', `${issuer.url}/`);
    await expect(verifiedSubject(await signed(good()))).rejects.toThrow('another issuer');
  });
});

/** The module as a container has it that has not asked any issuer yet. */
async function freshContainer(): Promise<typeof import('#lib/shared/token.ts')> {
  const file = new URL('../../lib/shared/token.ts', import.meta.url);
  return import(`${file.href}?${randomUUID()}`);
}
