import { beforeAll, beforeEach, expect, it } from 'vitest';
import { handler as fileCertificate } from '../../functions/invoices/file-resident-certificate.ts';
import { handler as getInfo } from '../../functions/invoices/get-invoice-info.ts';
import { handler as getCertificate } from '../../functions/invoices/get-resident-certificate.ts';
import { handler as listCertificates } from '../../functions/invoices/list-resident-certificates.ts';
import { handler as prepare } from '../../functions/invoices/prepare-resident-certificate.ts';
import {
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { anIssuingEntity } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let elsewhere: TestPartner;

beforeAll(async () => {
  clock.set('2024-08-05T10:00:00+08:00');
  operator = await anOperator();
  await anIssuingEntity('CSER');
  await anIssuingEntity('CSKE', { territories: ['KE'], standard: false });
  partner = await aPartner();
  elsewhere = await aPartner({ registrationArea: { countryRegion: 'KE' } });
});
beforeEach(() => clock.set('2024-08-05T10:00:00+08:00'));

const path = { entityId: 'CSER' };
const year = (of: number) => ({ validFrom: `${of}-01-01`, validUntil: `${of}-12-31` });

async function uploaded(content = '%PDF-1.7 resident', entityId = 'CSER'): Promise<string> {
  const { body } = await invoke(prepare, { as: operator, path: { entityId } });
  expect((await fetch(body.uploadUrl, { method: 'PUT', body: content })).status).toBe(200);
  return body.attachmentId;
}
const file = (body: object, as: Caller = operator) =>
  invoke(fileCertificate, { as, path, body: { ...year(2024), reason: 'yearly', ...body } });
const get = (as: Caller, query: { on?: string } = {}, entityId = 'CSER') =>
  invoke(getCertificate, { as, path: { entityId }, query });
const filed = async () => (await invoke(listCertificates, { as: operator, path })).body.items;

it('FIN-120: a certificate that is none is refused with every field that is wrong, and nothing is kept', async () => {
  const bad = await file({ validFrom: '2024-02-30', validUntil: 'soon', reason: ' ', attachmentId: '' });
  expect([bad.status, bad.body.code]).toEqual([400, 'INPUT_INVALID']);
  expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/attachmentId',
    '/reason',
    '/validFrom',
    '/validUntil',
  ]);
  const backwards = await file({ validFrom: '2025-01-01', attachmentId: await uploaded() });
  expect(backwards.body.errors).toMatchObject([{ pointer: '/validUntil' }]);
  expect((await file({ attachmentId: 'upl_0missing' })).body.code).toBe('ATTACHMENT_REQUIRED');
  expect((await file({ attachmentId: await uploaded('MZ a program') })).body.code).toBe('ATTACHMENT_INVALID');
  expect((await file({ attachmentId: await uploaded('%PDF-', 'CSKE') })).body.code).toBe('ATTACHMENT_REQUIRED');
  expect(await filed()).toEqual([]);
});

it('FIN-120: with none on file the partner is told so', async () => {
  const answer = await get(partner);
  expect([answer.status, answer.body.code]).toEqual([404, 'RESIDENT_CERTIFICATE_MISSING']);
  expect((await get(partner, { on: 'today' })).body.code).toBe('INPUT_INVALID');
});

it('FIN-120: only operators keep and list certificates, of entities that there are', async () => {
  for (const handler of [prepare, listCertificates]) {
    expect((await invoke(handler, { as: partner, path })).body.code).toBe('PERMISSION_DENIED');
    expect((await invoke(handler, { as: operator, path: { entityId: 'NONE' } })).body.code).toBe(
      'ISSUING_ENTITY_NOT_FOUND',
    );
  }
  expect((await file({ attachmentId: 'upl_0' }, partner)).status).toBe(403);
});

it('FIN-120: a crash leaves nothing behind that is handed out; asked again, it is kept once', async () => {
  const attachmentId = await uploaded();
  {
    using _crash = crashAtWrite(1, 'before');
    expect((await file({ attachmentId })).status).toBe(500);
  }
  expect(await filed()).toEqual([]);
  expect((await file({ attachmentId })).status).toBe(201);
  expect(await filed()).toMatchObject([{ entityId: 'CSER', ...year(2024), filedAt: expect.any(String) }]);
});

it('FIN-120: the partners that the entity bills download it, which leaves a trace; others do not find it', async () => {
  const { body } = await invoke(getInfo, { as: partner });
  expect(body.issuer).toEqual({ entityId: 'CSER', legalName: 'Cloud Vendor International Pte. Ltd.' });
  const answer = await get(partner, {}, body.issuer.entityId);
  expect(answer).toMatchObject({ status: 200, body: { entityId: 'CSER', ...year(2024) } });
  expect(decodeURIComponent(answer.body.downloadUrl)).toContain('CSER-tax-resident-certificate-2024-01-01.pdf');
  expect(await (await fetch(answer.body.downloadUrl)).text()).toBe('%PDF-1.7 resident');

  expect(await get(elsewhere)).toMatchObject({ status: 404, body: { code: 'ISSUING_ENTITY_NOT_FOUND' } });
  const denied = await get(await aMember({ of: partner, roles: ['account-manager'] }));
  expect(denied.body.code).toBe('PERMISSION_DENIED');
  const [first] = await tracesOf(partner.partnerId, 'get-resident-certificate');
  expect(first).toMatchObject({ outcome: 'refused', code: 'RESIDENT_CERTIFICATE_MISSING' });
  expect((await tracesOf(partner.partnerId, 'get-resident-certificate')).map(({ outcome }) => outcome)).toContain(
    'done',
  );
});

it('FIN-120: of two for the same day the later one is handed out; each year has its own', async () => {
  clock.set('2024-08-06T10:00:00+08:00');
  expect((await file({ attachmentId: await uploaded('%PDF-1.7 corrected') })).status).toBe(201);
  clock.set('2024-08-07T10:00:00+08:00');
  expect((await file({ ...year(2025), attachmentId: await uploaded('%PDF-1.7 next') })).status).toBe(201);
  const textOn = async (query = {}) => (await fetch((await get(partner, query)).body.downloadUrl)).text();
  expect(await textOn()).toBe('%PDF-1.7 corrected');
  expect(await textOn({ on: '2025-12-31' })).toBe('%PDF-1.7 next');
  expect((await get(partner, { on: '2026-01-01' })).body.code).toBe('RESIDENT_CERTIFICATE_MISSING');
  clock.set('2024-12-31T23:59:59+08:00');
  expect(await textOn()).toBe('%PDF-1.7 corrected');
  clock.set('2025-01-01T00:00:00+08:00');
  expect(await textOn()).toBe('%PDF-1.7 next');
});
