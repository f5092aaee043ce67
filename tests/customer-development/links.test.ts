import { Resvg } from '@resvg/resvg-js';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { managerOf, registeredWrites, resolveToken } from '#lib/customer-development/index.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as createLink } from '../../functions/customer-development/create-custom-link.ts';
import { handler as createCampaign } from '../../functions/customer-development/create-promotional-campaign.ts';
import { handler as generalLink } from '../../functions/customer-development/get-general-link.ts';
import { handler as qrPng } from '../../functions/customer-development/get-link-qr-code-png.ts';
import { handler as qrSvg } from '../../functions/customer-development/get-link-qr-code-svg.ts';
import { handler as listRecords } from '../../functions/customer-development/list-generation-records.ts';
import { handler as listPromotional } from '../../functions/customer-development/list-promotional-links.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { giveStanding, unique } from './inviting.ts';

useStack();

let partner: TestPartner;
let manager: TestMember;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
  manager = await aMember({ of: partner, roles: ['account-manager'] });
});

const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';
const opened = (url: string) => resolveToken(tokenOf(url), clock.now());
const general = async (as: Caller, query = {}) => (await invoke(generalLink, { as, query })).body;
const custom = (as: Caller, body: object) => invoke(createLink, { as, body });
const records = (as: Caller, query = {}) => invoke(listRecords, { as, query });

async function change(member: TestMember, wish: object): Promise<void> {
  const { version } = (await loadMember(member.memberId)) ?? {};
  const answer = await invoke(modifyMember, {
    as: partner,
    path: { partnerId: partner.partnerId, memberId: member.memberId },
    body: { ...wish, expectedVersion: version },
  });
  expect(answer.status).toBe(200);
}

/** Reads a picture as a phone does: it knows pixels and nothing of how they came about. */
function decoded({ data, width, height }: { data: Uint8Array; width: number; height: number }): string | undefined {
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data;
}

describe('get-general-link', () => {
  it('DEV-70, DEV-71: carries the username as tag and assigns to who owns it, if that is an account manager', async () => {
    const username = (await loadMember(manager.memberId))?.username;
    const link = await general(manager);
    expect(link).toMatchObject({
      kind: 'general',
      associationType: 'reseller',
      customTag: username,
      accountManagerId: manager.memberId,
      tagMode: null,
      validUntil: null,
    });
    expect(link.url).toContain(`~${username}~`);
    expect(await general(manager)).toEqual(link);
    const owners = await general(partner);
    expect(owners).toMatchObject({ customTag: 'owner', accountManagerId: null });
    expect(owners.url).not.toBe(link.url);
    expect(await opened(link.url)).toMatchObject({ kind: 'link', current: true, link: { customTag: username } });
  });

  it('DEV-71: a director gets its customers too; who lost the role since gets none', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const { url } = await general(director);
    const before = await opened(url);
    if (before?.kind !== 'link') throw new Error('no link');
    expect(await managerOf(before.link)).toBe(director.memberId);
    await change(director, { roles: ['admin'] });
    expect(await opened(url)).toMatchObject({ link: { accountManagerId: undefined } });
    expect(await managerOf(before.link)).toBeUndefined();
  });

  it('DEV-10, DEV-57: one per open association type', async () => {
    expect(await invoke(generalLink, { as: manager, query: { associationType: 'referral' } })).toMatchObject({
      status: 409,
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const referral = await general(manager, { associationType: 'referral' });
    expect(await opened(referral.url)).toMatchObject({ link: { associationType: 'referral' } });
    expect(referral.url).not.toBe((await general(manager)).url);
  });

  it('DEV-22: closed to a distributor without customer development, as are custom links and records', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    for (const handler of [generalLink, createLink, listRecords, listPromotional, qrPng, qrSvg])
      expect((await invoke(handler, { as: distributor, path: { linkId: 'x' }, body: {} })).body.code).toMatch(
        /CUSTOMER_DEVELOPMENT_DISABLED|INVITATION_LINK_NOT_FOUND/,
      );
    expect(await invoke(generalLink, { as: distributor })).toMatchObject({
      status: 403,
      body: { code: 'CUSTOMER_DEVELOPMENT_DISABLED' },
    });
  });
});

describe('an altered link', () => {
  it('DEV-76: another tag, another member or a cut signature lead nowhere', async () => {
    const { url } = await general(manager);
    const token = tokenOf(url);
    const [linkId = '', tag = '', signature = ''] = token.split('~');
    const other = await aMember({ of: partner, roles: ['account-manager'] });
    const texts = [
      [linkId, `${tag}x`, signature],
      [linkId, '', signature],
      [linkId.replace(manager.memberId, other.memberId), tag, signature],
      [linkId.replace('reseller', 'referral'), tag, signature],
      [linkId, tag, signature.slice(0, -1)],
      [linkId, tag, ''],
      [linkId, tag, signature, signature],
      [linkId, tag],
    ].map((parts) => parts.join('~'));
    for (const text of texts) expect(await resolveToken(text, clock.now()), text).toBeUndefined();
    expect(await resolveToken(token, clock.now())).toBeDefined();
  });

  it('DEV-76: without an end, but dead while its owner is disabled or the partner not active', async () => {
    const { url } = await general(manager);
    const { url: made } = (await custom(manager, { tagMode: 'customize', customTag: 'fair' })).body;
    clock.set('2034-08-01T09:00:00+08:00');
    for (const each of [url, made]) expect(await opened(each)).toMatchObject({ current: true });
    await change(manager, { status: 'locked' });
    for (const each of [url, made]) expect(await opened(each)).toBeUndefined();
    await change(manager, { status: 'normal' });
    for (const status of ['frozen', 'inactive'] as const) {
      await giveStanding(partner.partnerId, { status });
      for (const each of [url, made]) expect(await opened(each)).toBeUndefined();
    }
    await giveStanding(partner.partnerId, { status: 'active' });
    for (const each of [url, made]) expect(await opened(each)).toMatchObject({ current: true });
  });
});

describe('create-custom-link', () => {
  it('DEV-72, DEV-73: a free tag falls back to its creator', async () => {
    const body = { tagMode: 'customize', customTag: 'Fair_2024.sg-1', remarks: 'r'.repeat(100) };
    const mine = await custom(manager, body);
    expect(mine).toMatchObject({
      status: 201,
      body: { ...body, kind: 'custom', associationType: 'reseller', accountManagerId: manager.memberId },
    });
    expect((await custom(partner, body)).body).toMatchObject({ customTag: body.customTag, accountManagerId: null });
    expect(await opened(mine.body.url)).toMatchObject({ link: { customTag: body.customTag } });
  });

  it('DEV-73: a dedicated one assigns to the chosen account manager, whoever made it', async () => {
    const { body: link } = await custom(partner, { tagMode: 'dedicated', accountManagerId: manager.memberId });
    const username = (await loadMember(manager.memberId))?.username;
    expect(link).toMatchObject({ tagMode: 'dedicated', customTag: username, accountManagerId: manager.memberId });
    const found = await opened(link.url);
    if (found?.kind !== 'link') throw new Error('no link');
    expect(found.link.ownerMemberId).not.toBe(manager.memberId);
    expect(await managerOf(found.link)).toBe(manager.memberId);
    await change(manager, { status: 'locked' });
    expect(await opened(link.url)).toMatchObject({ current: true });
    expect(await managerOf(found.link)).toBeUndefined();
  });

  it('DEV-72: refuses what is no manager of the partner, no tag or too long', async () => {
    const stranger = await aMember({ of: await aPartner(), roles: ['account-manager'] });
    const admin = await aMember({ of: partner, roles: ['admin'] });
    for (const { memberId } of [stranger, admin, { memberId: 'mem_nobody' }])
      expect(await custom(partner, { tagMode: 'dedicated', accountManagerId: memberId })).toMatchObject({
        status: 422,
        body: { code: 'NOT_AN_ACCOUNT_MANAGER' },
      });
    const bad = [
      {},
      { tagMode: 'customize' },
      { tagMode: 'dedicated' },
      { tagMode: 'customize', customTag: '' },
      { tagMode: 'customize', customTag: 'a'.repeat(65) },
      { tagMode: 'customize', customTag: 'a b' },
      { tagMode: 'customize', customTag: 'a~b' },
      { tagMode: 'customize', customTag: 'a/b' },
      { tagMode: 'customize', customTag: 'a', remarks: 'r'.repeat(101) },
    ];
    for (const body of bad) expect(await custom(partner, body), JSON.stringify(body)).toMatchObject({ status: 400 });
    expect(await custom(partner, { tagMode: 'customize', customTag: 'a', associationType: 'referral' })).toMatchObject({
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    expect((await custom(partner, { tagMode: 'customize', customTag: 'a'.repeat(64) })).status).toBe(201);
  });

  it('DEV-75: the same Idempotency-Key makes one link', async () => {
    const request = {
      as: manager,
      body: { tagMode: 'customize', customTag: 'once' },
      headers: { 'idempotency-key': unique() },
    };
    const [first, second] = [await invoke(createLink, request), await invoke(createLink, request)];
    expect(second.body).toEqual(first.body);
    expect((await records(manager)).body.items).toHaveLength(1);
  });
});

describe('list-generation-records', () => {
  it('DEV-75: newest first, page by page, by any part of the tag and by account manager', async () => {
    const colleague = await aMember({ of: partner, roles: ['account-manager'] });
    for (const [as, customTag] of [
      [manager, 'fair-1'],
      [colleague, 'booth-1'],
      [partner, 'FAIR-2'],
    ] as const) {
      clock.advance({ minutes: 1 });
      await custom(as, { tagMode: 'customize', customTag });
    }
    clock.advance({ minutes: 1 });
    await custom(partner, { tagMode: 'dedicated', accountManagerId: manager.memberId });
    const dedicated = (await loadMember(manager.memberId))?.username;
    const tags = async (as: Caller, query = {}) =>
      (await records(as, query)).body.items.map(({ customTag }: { customTag: string }) => customTag);

    expect(await tags(partner)).toEqual([dedicated, 'FAIR-2', 'booth-1', 'fair-1']);
    expect(await tags(partner, { customTag: 'air-' })).toEqual(['FAIR-2', 'fair-1']);
    expect(await tags(partner, { accountManagerId: manager.memberId })).toEqual([dedicated, 'fair-1']);
    expect(await tags(manager)).toEqual([dedicated, 'fair-1']); // DEV-01
    expect(await tags(await aPartner())).toEqual([]);
    const first = await records(partner, { limit: 3 });
    expect(first.body.items).toHaveLength(3);
    const rest = await records(partner, { limit: 3, cursor: first.body.nextCursor });
    expect(rest.body).toMatchObject({ items: [{ customTag: 'fair-1' }] });
    expect(rest.body.nextCursor).toBeUndefined();
    expect(await records(manager, { cursor: first.body.nextCursor })).toMatchObject({
      body: { code: 'CURSOR_INVALID' },
    });
  });
});

describe('QR codes', () => {
  it('DEV-69, DEV-75: PNG and SVG of each kind of link say its URL to a reader that knows nothing of them', async () => {
    const longest = { tagMode: 'customize', customTag: 'W'.repeat(64) };
    for (const link of [await general(manager), (await custom(manager, longest)).body]) {
      const png = await invoke(qrPng, { as: manager, path: { linkId: link.linkId } });
      expect(png).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
      expect(decoded(PNG.sync.read(Buffer.from(png.body, 'base64')))).toBe(link.url);

      const svg = await invoke(qrSvg, { as: manager, path: { linkId: link.linkId } });
      expect(svg).toMatchObject({ status: 200, headers: { 'content-type': 'image/svg+xml' } });
      const image = new Resvg(svg.body, { fitTo: { mode: 'width', value: 500 }, background: 'white' }).render();
      expect(decoded({ data: image.pixels, width: image.width, height: image.height })).toBe(link.url);
      expect(link.qrCode.png).toBe(`/v1/invitation-links/${link.linkId}/qr-code.png`);
    }
  });

  it("DEV-01: another partner's and another manager's link is not there", async () => {
    const { linkId } = (await custom(manager, { tagMode: 'customize', customTag: 'mine' })).body;
    const colleague = await aMember({ of: partner, roles: ['account-manager'] });
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const managed = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const { linkId: teams } = await general(managed);
    const statusOf = async (as: Caller, id: string) => (await invoke(qrPng, { as, path: { linkId: id } })).status;
    expect(await statusOf(await aPartner(), linkId)).toBe(404);
    expect(await statusOf(colleague, linkId)).toBe(404);
    expect(await statusOf(director, linkId)).toBe(404);
    expect(await statusOf(director, teams)).toBe(200);
    expect(await statusOf(partner, linkId)).toBe(200);
    for (const made of ['general.mem_x.reseller', 'general.mem_x', 'promotional.cmp_x.mem_x', 'lnk_x', '..'])
      expect(await statusOf(partner, made)).toBe(404);
  });
});

describe('promotional links', () => {
  const campaign = async (validFrom: string, validUntil: string, more = {}) =>
    invoke(createCampaign, { as: await anOperator(), body: { name: 'Autumn', validFrom, validUntil, ...more } });
  const promotional = (as: Caller) => invoke(listPromotional, { as });

  it('DEV-77: none without a campaign; inside its period every member has its own, which then works', async () => {
    expect((await promotional(manager)).body.items).toEqual([]);
    const made = await campaign('2024-08-02T00:00:00+08:00', '2024-08-03T00:00:00+08:00');
    expect(made).toMatchObject({ status: 201, body: { associationType: 'reseller' } });
    await campaign('2024-08-02T00:00:00+08:00', '2024-08-03T00:00:00+08:00', { associationType: 'referral' });
    clock.set('2024-08-01T23:59:59.999+08:00');
    expect((await promotional(manager)).body.items).toEqual([]);
    clock.set('2024-08-02T00:00:00+08:00');
    const { items } = (await promotional(manager)).body;
    expect(items).toMatchObject([
      { kind: 'promotional', accountManagerId: manager.memberId, validUntil: '2024-08-02T16:00:00.000Z' },
    ]);
    const [{ url, linkId }] = items;
    expect((await promotional(partner)).body.items[0].url).not.toBe(url);
    expect(await opened(url)).toMatchObject({ kind: 'link', current: true, link: { linkId } });
    const png = await invoke(qrPng, { as: manager, path: { linkId } });
    expect(decoded(PNG.sync.read(Buffer.from(png.body, 'base64')))).toBe(url);

    expect(await resolveToken(tokenOf(url), clock.set('2024-08-01T23:59:59.999+08:00'))).toBeUndefined();
    expect(await resolveToken(tokenOf(url), clock.set('2024-08-02T23:59:59.999+08:00'))).toMatchObject({
      current: true,
    });
    expect(await resolveToken(tokenOf(url), clock.set('2024-08-03T00:00:00+08:00'))).toMatchObject({ current: false });
    expect((await promotional(manager)).body.items).toEqual([]);
  });

  it('DEV-77: a campaign ends after it begins, in the future; operators alone make one', async () => {
    for (const [from, until] of [
      ['2024-08-02T00:00:00Z', '2024-08-02T00:00:00Z'],
      ['2024-08-03T00:00:00Z', '2024-08-02T00:00:00Z'],
      ['2024-07-01T00:00:00Z', '2024-08-01T01:00:00Z'],
    ] as const)
      expect(await campaign(from, until)).toMatchObject({ status: 422, body: { code: 'CAMPAIGN_PERIOD_INVALID' } });
    expect(await invoke(createCampaign, { as: partner, body: {} })).toMatchObject({
      body: { code: 'PERMISSION_DENIED' },
    });
  });
});

describe('registering through a link', () => {
  it('DEV-76, DEV-191: any number of accounts, each with a row of its own, once', async () => {
    const found = await opened((await general(manager)).url);
    if (found?.kind !== 'link') throw new Error('no link');
    const { link } = found;
    const register = (accountId: string) =>
      asSystem((now) =>
        transact({
          writes: registeredWrites(link, { accountId, accountName: accountId, customerId: `cus_${accountId}` }, now),
        }),
      );
    await register('a');
    await register('b');
    await expect(register('a')).rejects.toThrow('condition failed');
  });
});
