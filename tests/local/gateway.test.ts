import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sharedErrors } from '#lib/shared/errors.ts';
import { putIdentity } from '#lib/shared/identities.ts';
import { operation } from '#lib/shared/operation.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as authorizer } from '../../functions/platform/authorize.ts';
import { type Gateway, startGateway } from '../../infra/local/gateway.ts';
import { type Issuer, startIssuer } from '../../infra/local/issuer.ts';
import { useStack } from '../support/index.ts';

useStack();

const portal = 'https://portal.test/de';
const MEGABYTE = 1024 * 1024;
const path = z.object({ thingId: z.string() });
const tags = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.string()));
const keySet = z.object({ keys: z.array(z.looseObject({})) });
const tokenAnswer = z.object({ access_token: z.string(), token_type: z.string() });
const base = { summary: 'For these tests.', rules: 'ORG-57', errors: [], response: z.unknown() } as const;

const readThing = operation({
  ...base,
  name: 'read-thing',
  route: 'GET /v1/things/{thingId}',
  actors: ['operator'],
  path,
  query: z.object({ tag: z.string().optional(), tags: tags.optional() }),
  run: async (input) => ({ thingId: input.path.thingId, ...input.query, actorId: input.actor.id }),
});
const writeThing = operation({
  ...base,
  name: 'write-thing',
  route: 'POST /v1/things/{thingId}/notes',
  actors: ['operator'],
  path,
  body: z.object({ text: z.string() }),
  run: async (input) => ({ length: input.body.text.length }),
});
const readPublic = operation({
  ...base,
  name: 'read-public',
  route: 'GET /v1/public',
  actors: 'anyone',
  run: async () => ({ open: true }),
});

let issuer: Issuer;
let gateway: Gateway;
let authorization: string;

beforeAll(async () => {
  issuer = await startIssuer({ port: 0 });
  process.env.TOKEN_ISSUER = issuer.url;
  gateway = await startGateway({ port: 0, operations: [readThing, writeThing, readPublic], authorizer, portal });
  const identity = { kind: 'operator', subject: 'olga', operatorId: 'opr_olga', name: 'Olga' } as const;
  await transact({ writes: [putIdentity(identity, sharedErrors.CONCURRENT_CHANGE)] });
  authorization = `Bearer ${await issuer.tokenFor('olga')}`;
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

async function request(route: string, headers: Record<string, string> = {}, body?: string) {
  const [method = '', target = ''] = route.split(' ');
  const answer = await fetch(`${gateway.url}${target}`, { method, headers, body });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

describe('gateway', () => {
  it('passes path, query and the verified subject to the operation', async () => {
    const answer = await request('GET /v1/things/a%20b?tag=x%26y', { authorization });
    expect(answer).toMatchObject({ status: 200, body: { thingId: 'a b', tag: 'x&y', actorId: 'opr_olga' } });
  });

  it('a repeated query parameter arrives as one, joined by commas', async () => {
    const answer = await request('GET /v1/things/1?tags=x&tags=y', { authorization });
    expect(answer.body).toMatchObject({ tags: ['x', 'y'] });
  });

  it('a body that is no text arrives in base64 and is read all the same', async () => {
    const binary = { authorization, 'content-type': 'application/octet-stream' };
    expect((await request('POST /v1/things/1/notes', binary, '{"text":"Grüße"}')).body).toEqual({ length: 5 });
    const json = { authorization, 'content-type': 'application/json' };
    expect((await request('POST /v1/things/1/notes', json, '{"text":"Grüße"}')).body).toEqual({ length: 5 });
  });

  it.each([
    ['no token', {}],
    ['a token that nobody signed', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvbGdhIn0.x' }],
    ['no bearer token', { authorization: 'Basic b2xnYTpvbGdh' }],
  ])('%s is answered 401 as a problem document', async (_name, headers) => {
    const answer = await request('GET /v1/things/1', headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED', status: 401 } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });

  it('ORG-57: a subject that nobody registered is told so', async () => {
    const stranger = { authorization: `Bearer ${await issuer.tokenFor('stranger')}` };
    expect(await request('GET /v1/things/1', stranger)).toMatchObject({ status: 403, body: { code: 'NOT_A_MEMBER' } });
  });

  it('what anyone may call needs no token and looks at none', async () => {
    expect((await request('GET /v1/public')).body).toEqual({ open: true });
    expect((await request('GET /v1/public', { authorization: 'Bearer nonsense' })).body).toEqual({ open: true });
  });

  it.each(['GET /v1/nothing', 'DELETE /v1/public', 'GET /v1/things/1/2', 'GET /'])(
    '%s is no route: 404',
    async (route) => {
      expect(await request(route, { authorization })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    },
  );

  it('a body of 10 MB passes, one byte more is answered 413', async () => {
    const wrapper = '{"text":""}'.length;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = (size: number) => `{"text":"${'a'.repeat(size - wrapper)}"}`;
    expect((await request('POST /v1/things/1/notes', headers, body(10 * MEGABYTE))).status).toBe(200);
    expect(await request('POST /v1/things/1/notes', headers, body(10 * MEGABYTE + 1))).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });
});

describe('a browser on another origin', () => {
  const origin = 'https://portal.test';
  const ask = (from: string) =>
    request('OPTIONS /v1/things/1/notes', {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    });

  it('asks first, without a token, and hears what the portal may send', async () => {
    const { status, headers } = await ask(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(headers.get('access-control-allow-headers')?.split(',')).toEqual([
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'verification-challenge',
      'verification-code',
    ]);
    expect(headers.get('access-control-max-age')).toBe('3600');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each([
    'https://elsewhere.test',
    'https://portal.test.elsewhere.test',
    'http://portal.test',
    'https://portal.test:8443',
    'null',
  ])('is let in from the portal alone, not from %s', async (from) => {
    expect([...(await ask(from)).headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const answer = await request('GET /v1/public', { origin: from });
    expect(answer.status).toBe(200); // the browser keeps it from the script
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['an answer', 'GET /v1/things/1', () => ({ authorization }), 200],
    ['a refusal of the operation', 'GET /v1/things/1?odd=1', () => ({ authorization }), 400],
    ['a refusal of the authorizer', 'GET /v1/things/1', () => ({}), 401],
    ['a path without a route', 'GET /v1/nothing', () => ({}), 404],
  ])('reads %s with its headers', async (_name, route, headers, status) => {
    const answer = await request(route, { origin, ...headers() });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')?.split(',')).toContain('x-request-id');
  });

  it('hears nothing of it where none asks', async () => {
    expect((await request('GET /v1/public')).headers.get('access-control-expose-headers')).toBeNull();
  });
});

describe('issuer', () => {
  it('publishes its public key alone', async () => {
    const discovery = await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({ issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` });
    const { keys } = keySet.parse(await (await fetch(`${issuer.url}/jwks`)).json());
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('gives a token for a subject, asked by form or by JSON', async () => {
    const ask = async (body: string, contentType: string) =>
      fetch(`${issuer.url}/token`, { method: 'POST', body, headers: { 'content-type': contentType } });
    for (const answer of [
      await ask('subject=olga', 'application/x-www-form-urlencoded'),
      await ask('{"subject":"olga"}', 'application/json'),
    ]) {
      const { access_token: token, token_type: type } = tokenAnswer.parse(await answer.json());
      expect(type).toBe('Bearer');
      expect((await request('GET /v1/things/1', { authorization: `Bearer ${token}` })).status).toBe(200);
    }
    expect((await ask('{"subject"', 'application/json')).status).toBe(400);
  });
});
