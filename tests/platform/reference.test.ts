import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { handler as getOpenapi } from '../../functions/platform/get-openapi.ts';
import { handler as getReference } from '../../functions/platform/get-reference.ts';
import { handler as getReferenceAsset } from '../../functions/platform/get-reference-asset.ts';
import { crossOriginRules } from '../../infra/cors.ts';
import { handlersOf, loadFunctions } from '../../infra/local/functions.ts';
import { errorsOf } from '../../infra/operation-errors.ts';
import { invoke } from '../support/index.ts';
import { writeReferenceFiles } from './reference.setup.ts';

beforeAll(writeReferenceFiles);

const handlers = handlersOf(await loadFunctions(), 'operation');
const operations = handlers.map(({ definition }) => definition);

const documentOf = async () => (await invoke(getOpenapi)).body;

describe('GET /v1/openapi.json', () => {
  it('describes every operation under its route, without a token', async () => {
    const { status, headers, body } = await invoke(getOpenapi);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(body.openapi).toBe('3.1.0');
    for (const { name, route } of operations) {
      const [method = '', path = ''] = route.split(' ');
      expect(body.paths[path]?.[method.toLowerCase()]?.operationId, route).toBe(name);
    }
  });

  it('lists each refusal of an operation under its status, those of the steps too', async () => {
    const { paths } = await documentOf();
    for (const definition of operations) {
      const [method = '', path = ''] = definition.route.split(' ');
      const { responses } = paths[path][method.toLowerCase()];
      for (const { code, status } of errorsOf(definition)) {
        const problem = responses[status].content['application/problem+json'];
        expect(problem.schema.allOf[1].properties.code.enum, definition.name).toContain(code);
        expect(problem.examples[code].value, definition.name).toMatchObject({ status, code });
      }
    }
  });

  it('asks for a token wherever the operation does, and says which permission', async () => {
    const { paths } = await documentOf();
    for (const { route, actors, permission } of operations) {
      const [method = '', path = ''] = route.split(' ');
      const described = paths[path][method.toLowerCase()];
      expect(described.security, route).toEqual(actors === 'anyone' ? [] : [{ bearer: [] }]);
      expect(described['x-permission'], route).toBe(permission);
    }
  });

  it('closes every object that a client sends, as what it does not declare is refused', async () => {
    const { paths } = await documentOf();
    const open = operations.filter(({ route, body }) => {
      const [method = '', path = ''] = route.split(' ');
      return body !== undefined && openObjects(paths[path][method.toLowerCase()].requestBody).length > 0;
    });
    expect(open.map(({ name }) => name)).toEqual(['receive-payment-notification']); // its form is the processor's
  });

  it('names no header of an answer that a browser would keep from the portal', async () => {
    const { paths } = await documentOf();
    const { exposedHeaders } = crossOriginRules(handlers);
    for (const { name, route } of operations) {
      const [method = '', path = ''] = route.split(' ');
      const responses = z.record(z.string(), z.object({ headers: z.record(z.string(), z.unknown()).optional() }));
      const answers = Object.values(responses.parse(paths[path][method.toLowerCase()].responses));
      const headers = answers.flatMap((each) => Object.keys(each.headers ?? {}));
      expect(exposedHeaders, name).toEqual(expect.arrayContaining(headers));
    }
  });

  it('says of every field what it is', async () => {
    expect(untyped(await documentOf(), '')).toEqual([]);
  });
});

describe('GET /docs', () => {
  it('is a page that loads its script and the document, and may load nothing from anywhere else', async () => {
    const { status, headers, body } = await invoke(getReference);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(body).toContain('spec-url="/v1/openapi.json"');
    expect(body).not.toMatch(/https?:/);
  });

  it('opens from a mail or a search that adds parameters of its own', async () => {
    expect((await invoke(getReference, { query: { utm_source: 'newsletter' } })).status).toBe(200);
  });

  it('names a script that is served compressed, for ever', async () => {
    const { body } = await invoke(getReference);
    const asset = /src="\/docs\/([^"]+)"/.exec(body)?.[1] ?? '';
    const script = await invoke(getReferenceAsset, { path: { asset } });
    expect(script.status).toBe(200);
    expect(script.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(gunzipSync(Buffer.from(script.body, 'base64')).toString()).toContain('Redoc');
  });

  it.each([
    { asset: 'other.js', status: 404, code: 'NOT_FOUND' },
    { asset: '../openapi.json', status: 400, code: 'INPUT_INVALID' },
    { asset: '..%2fpackage.js', status: 400, code: 'INPUT_INVALID' },
  ])('refuses $asset with $code', async ({ asset, status, code }) => {
    expect(await invoke(getReferenceAsset, { path: { asset } })).toMatchObject({ status, body: { code } });
  });
});

/** Places of schemas that say nothing: neither a type nor anything else by which a reader knows the field. */
function untyped(node: unknown, place: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = isField(place) && !Object.keys(node).some((key) => TELLING.includes(key)) ? [place] : [];
  return [...own, ...Object.entries(node).flatMap(([key, each]) => untyped(each, `${place}/${key}`))];
}

/** Schemas of objects that say nothing of, or allow, what they do not declare. */
function openObjects(node: unknown): object[] {
  if (typeof node !== 'object' || node === null) return [];
  const open = 'properties' in node && (!('additionalProperties' in node) || node.additionalProperties !== false);
  return [...(open ? [node] : []), ...Object.values(node).flatMap(openObjects)];
}

const TELLING = ['type', 'description', '$ref', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'];
const isField = (place: string): boolean =>
  /\/properties\/[^/]+$/.test(place) && !place.endsWith('/properties/properties') && !place.includes('/example');
