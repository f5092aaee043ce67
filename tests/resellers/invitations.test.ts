import { beforeEach, describe, expect, it } from 'vitest';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { tokenHash } from '#lib/shared/secret-link.ts';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import { handler as expireInvitations } from '../../functions/resellers/expire-reseller-invitations.ts';
import { handler as getRegions } from '../../functions/resellers/get-reseller-regions.ts';
import { handler as openInvitation } from '../../functions/resellers/open-reseller-invitation.ts';
import { handler as setRegions } from '../../functions/resellers/set-reseller-regions.ts';
import {
  aMember,
  anOperator,
  aPartner,
  clock,
  crashAtWrite,
  drain,
  invoke,
  mailProvider,
  platformOutage,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  acceptWith,
  aDistributor,
  anAccount,
  anAddress,
  applied,
  aReseller,
  eventsAbout,
  giveStanding,
  inviteAt,
  invited,
  listOf,
  resendAll,
  rowOf,
  tokenMailedTo,
} from './world.ts';

useStack();

let distributor: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
});

const open = (token: string) => invoke(openInvitation, { path: { token } });
const mailsTo = async (email: string) => (await sentMails()).filter(({ to }) => to.includes(email));

describe('invite-reseller', () => {
  it('DEV-114, DEV-117: one address, a mail with a link for seven days, and a row in the list', async () => {
    const email = anAddress();
    expect(await inviteAt(distributor, email)).toMatchObject({
      status: 201,
      body: {
        status: 'invited',
        email: `${email.slice(0, 4)}***@example.com`,
        sentAt: '2024-08-01T01:00:00.000Z',
        expiresAt: '2024-08-08T01:00:00.000Z',
        timesSent: 1,
      },
    });
    const token = await tokenMailedTo(email);
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe(`${distributor.partner.companyName} invites you to become its reseller`);
    expect(mail?.text).toContain('2024-08-08 09:00:00 (GMT+08:00)');
    expect(await open(token)).toMatchObject({
      status: 200,
      body: { distributorName: distributor.partner.companyName, countryRegion: 'SG', status: 'invited' },
    });
  });

  it('DEV-114, ORG-66: the mail is in the language of the distributor', async () => {
    const german = await aDistributor({ language: 'de', timeZone: 'Europe/Berlin', companyName: 'Großhandel & Co' });
    const email = anAddress();
    await inviteAt(german, email);
    await drain();
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toBe('Großhandel & Co lädt Sie ein, Wiederverkäufer zu werden');
    expect(mail?.text).toContain('2024-08-08 03:00:00 (GMT+02:00)');
  });

  it('DEV-114: the secret of a link is in its mail and nowhere else', async () => {
    const { token, invitationId } = await invited(distributor, anAddress());
    expect(token.length).toBeGreaterThanOrEqual(43); // 256 bits in base64url
    const stored: string[] = [];
    for await (const item of queryAll({ table: 'resellers', pk: `INVITATION#${invitationId}` }))
      stored.push(JSON.stringify(item));
    for await (const item of queryAll({ table: 'resellers', pk: `TOKEN#${tokenHash(token)}` }))
      stored.push(JSON.stringify(item));
    expect(stored).toHaveLength(2);
    for (const text of [...stored, JSON.stringify(await publishedEvents())]) expect(text).not.toContain(token);
    expect(JSON.stringify(await tracesOf(distributor.partnerId))).not.toContain(token);
  });

  it.each(['', 'no address', 'two@example.com, three@example.com', 'a@b', `${'x'.repeat(250)}@example.com`])(
    'DEV-114: %j is no address, and nothing is sent',
    async (email) => {
      expect(await inviteAt(distributor, email)).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
      expect((await listOf(distributor)).body.items).toEqual([]);
    },
  );

  it('DEV-116: the address of a reseller, however it is written, is ALREADY_RESELLER', async () => {
    const { email } = await aReseller(distributor);
    for (const written of [email, ` ${email.toUpperCase()} `])
      for (const by of [distributor, await aDistributor()])
        expect(await inviteAt(by, written)).toMatchObject({ status: 409, body: { code: 'ALREADY_RESELLER' } });
  });

  it('DEV-116: also of a reseller that an operator registered', async () => {
    const reseller = await aPartner({ of: await aDistributor() });
    const { email } = await anAccount({ subject: reseller.subject });
    expect(await inviteAt(distributor, email)).toMatchObject({ body: { code: 'ALREADY_RESELLER' } });
    const { email: other } = await anAccount({ subject: (await aPartner()).subject });
    expect(await inviteAt(distributor, other)).toMatchObject({ status: 201 }); // judged when it is to be associated
  });

  it('DEV-115: an account outside the authorised regions is refused at sending, one that is not there yet is not', async () => {
    const { email } = await anAccount({ country: 'MY' });
    expect(await inviteAt(distributor, email)).toMatchObject({ status: 422, body: { code: 'REGION_NOT_AUTHORIZED' } });
    expect((await listOf(distributor)).body.items).toEqual([]);
    expect(await inviteAt(distributor, anAddress())).toMatchObject({ status: 201 });
    const operator = await anOperator();
    const body = { regions: ['SG', 'MY', 'MY'], expectedVersion: 0 };
    const path = { distributorId: distributor.partnerId };
    expect(await invoke(setRegions, { as: operator, path, body })).toMatchObject({
      status: 200,
      body: { regions: ['MY', 'SG'], version: 1 },
    });
    expect(await inviteAt(distributor, email)).toMatchObject({ status: 201 });
  });

  it('DEV-117: inviting an address again sends a new link in its row; within a minute it is a double click', async () => {
    const email = anAddress();
    const { token, invitationId } = await invited(distributor, email);
    clock.advance({ seconds: 59 });
    expect((await inviteAt(distributor, email.toUpperCase())).body).toMatchObject({ invitationId, timesSent: 1 });
    clock.advance({ seconds: 1 });
    expect((await inviteAt(distributor, email)).body).toMatchObject({
      invitationId,
      timesSent: 2,
      expiresAt: '2024-08-08T01:01:00.000Z',
    });
    const newer = await tokenMailedTo(email);
    expect(newer).not.toBe(token);
    expect(await mailsTo(email)).toHaveLength(2);
    expect(await open(token)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
    expect(await open(newer)).toMatchObject({ status: 200 });
    expect((await listOf(distributor)).body.items).toHaveLength(1);
  });

  it('DEV-114: the same address twice at once is one row and one mail', async () => {
    const email = anAddress();
    const answers = await Promise.all([1, 2, 3].map(() => inviteAt(distributor, email)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    await drain();
    expect((await listOf(distributor)).body.items).toMatchObject([{ timesSent: 1 }]);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it('DEV-114: repeated with its Idempotency-Key it answers as before and sends nothing', async () => {
    const email = anAddress();
    const first = await inviteAt(distributor, email, { 'idempotency-key': 'k-1' });
    clock.advance({ minutes: 5 });
    expect((await inviteAt(distributor, email, { 'idempotency-key': 'k-1' })).body).toEqual(first.body);
    expect(await inviteAt(distributor, anAddress(), { 'idempotency-key': 'k-1' })).toMatchObject({ status: 422 });
    await drain();
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('DEV-200: a crash %s the write leaves all or nothing', async (when) => {
    const email = anAddress();
    {
      using crash = crashAtWrite(1, when);
      expect((await inviteAt(distributor, email)).status).toBe(500);
      expect(crash.struck).toBe(true);
    }
    await drain();
    expect((await listOf(distributor)).body.items).toHaveLength(when === 'before' ? 0 : 1);
    expect(await mailsTo(email)).toHaveLength(when === 'before' ? 0 : 1);
    clock.advance({ minutes: 2 });
    expect((await inviteAt(distributor, email)).status).toBe(201);
    expect(await open(await tokenMailedTo(email))).toMatchObject({ status: 200 });
  });

  it('DEV-200: a mail that is refused three times is shown as failed, until it is sent again', async () => {
    const email = anAddress();
    const { body } = await inviteAt(distributor, email);
    expect(body.deliveryStatus).toBeNull();
    mailProvider().failNext(3, { status: 400, error: 'MessageRejected' });
    for (let i = 0; i < 4; i += 1) {
      await drain();
      clock.advance({ hours: 3 });
      await runSchedule(sendDueMessages, clock.now());
    }
    await drain();
    expect(await rowOf(distributor, body.invitationId)).toMatchObject({ deliveryStatus: 'failed', status: 'invited' });
    await resendAll(distributor, body.invitationId);
    expect(await open(await tokenMailedTo(email))).toMatchObject({ status: 200 });
    expect(await rowOf(distributor, body.invitationId)).toMatchObject({ deliveryStatus: null });
  });

  it('DEV-116: while the platform cannot be asked nobody is invited', async () => {
    await platformOutage(true);
    const answer = await inviteAt(distributor, anAddress());
    await platformOutage(false);
    expect(answer).toMatchObject({ status: 503, body: { code: 'PLATFORM_UNAVAILABLE' } });
    expect((await listOf(distributor)).body.items).toEqual([]);
  });

  it('DEV-114, ORG-11: only a distributor that is active, by who may manage resellers', async () => {
    expect(await inviteAt(await aPartner(), anAddress())).toMatchObject({ body: { code: 'PARTNER_NOT_ENABLED' } });
    const reseller = await aPartner({ of: distributor });
    expect(await inviteAt(reseller, anAddress())).toMatchObject({ body: { code: 'PARTNER_NOT_ENABLED' } });
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    expect(await inviteAt(director, anAddress())).toMatchObject({ body: { code: 'PERMISSION_DENIED' } });
    expect(await listOf(director)).toMatchObject({ status: 200 });
    await giveStanding(distributor.partnerId, { status: 'frozen' });
    expect(await inviteAt(distributor, anAddress())).toMatchObject({ status: 403, body: { code: 'PARTNER_INACTIVE' } });
    expect(await resendAll(distributor, 'rin_1')).toMatchObject({ status: 403, body: { code: 'PARTNER_INACTIVE' } });
  });
});

describe('resend-reseller-invitations', () => {
  it('DEV-117, DEV-56: each for itself: sent, expired, unknown, foreign, settled; duplicates count once', async () => {
    const expiredOne = await invited(distributor, anAddress());
    clock.advance({ days: 8 });
    const openOne = await invited(distributor, anAddress());
    const settled = await aReseller(distributor);
    const foreign = await invited(await aDistributor(), anAddress());
    const wanted = [openOne, expiredOne, settled, foreign].map(({ invitationId }) => invitationId);
    const answer = await resendAll(distributor, ...wanted, 'rin_nowhere', openOne.invitationId);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        results: [
          { invitationId: openOne.invitationId, status: 'sent', invitation: { timesSent: 2, status: 'invited' } },
          { invitationId: expiredOne.invitationId, status: 'sent', invitation: { timesSent: 2, status: 'invited' } },
          { status: 'refused', code: 'ALREADY_RESELLER' },
          { status: 'refused', code: 'RESELLER_INVITATION_NOT_FOUND' },
          { status: 'refused', code: 'RESELLER_INVITATION_NOT_FOUND' },
        ],
      },
    });
    expect(await open(openOne.token)).toMatchObject({ body: { code: 'INVITATION_EXPIRED' } });
    expect(await open(foreign.token)).toMatchObject({ status: 200 });
    const refusals = await tracesOf(distributor.partnerId, 'resend-reseller-invitations');
    expect(refusals.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
  });

  it('DEV-115, DEV-116: who became a reseller, or was found outside the regions, is refused alone', async () => {
    const [taken, far, free] = [anAddress(), anAddress(), anAddress()];
    const rows = [await invited(distributor, taken), await invited(distributor, far), await invited(distributor, free)];
    await aReseller(await aDistributor(), await anAccount({ email: taken }));
    await anAccount({ email: far, country: 'MY' });
    const { body } = await resendAll(distributor, ...rows.map(({ invitationId }) => invitationId));
    expect(body.results).toMatchObject([
      { code: 'ALREADY_RESELLER' },
      { code: 'REGION_NOT_AUTHORIZED' },
      { status: 'sent' },
    ]);
  });

  it('DEV-117, DEV-116: while the platform cannot be asked none is sent, and none waits for the others', async () => {
    const rows = [await invited(distributor, anAddress()), await invited(distributor, anAddress())];
    await platformOutage(true);
    const { status, body } = await resendAll(distributor, ...rows.map(({ invitationId }) => invitationId));
    await platformOutage(false);
    expect(status).toBe(200);
    expect(body.results).toMatchObject([{ code: 'PLATFORM_UNAVAILABLE' }, { code: 'PLATFORM_UNAVAILABLE' }]);
    for (const { token } of rows) expect(await open(token)).toMatchObject({ status: 200 });
    const again = await resendAll(distributor, ...rows.map(({ invitationId }) => invitationId));
    expect(again.body.results).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
  });

  it('DEV-116: an address whose invitation another account of the company took is settled as well', async () => {
    const address = anAddress();
    const { token } = await invited(distributor, address);
    await applied(await anAccount(), token);
    clock.advance({ minutes: 2 });
    expect(await inviteAt(distributor, address)).toMatchObject({ status: 409, body: { code: 'ALREADY_RESELLER' } });
  });

  it.each([0, 101])('DEV-117: %i at once are refused as a whole', async (count) => {
    const ids = Array.from({ length: count }, (_, i) => `rin_${i}`);
    expect(await resendAll(distributor, ...ids)).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });

  it('DEV-117: 100 with ten failures inside', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 90; i += 1) ids.push((await inviteAt(distributor, anAddress())).body.invitationId);
    for (let i = 0; i < 10; i += 1) ids.splice(i * 10, 0, `rin_nowhere_${i}`);
    const { body } = await resendAll(distributor, ...ids);
    const outcomes = body.results.map(({ status }: { status: string }) => status);
    expect(outcomes.filter((status: string) => status === 'sent')).toHaveLength(90);
    expect(body.results.map(({ invitationId }: { invitationId: string }) => invitationId)).toEqual(ids);
  });
});

describe('list-reseller-invitations', () => {
  it('DEV-117, DEV-189, DEV-194: newest first, masked, paged; by status as it is at that instant, by address', async () => {
    const [first, second, third] = [anAddress(), anAddress(), anAddress()];
    await invited(distributor, first);
    clock.advance({ days: 3 });
    await invited(distributor, second);
    clock.advance({ days: 1 });
    const settled = await aReseller(distributor, await anAccount({ email: third }));
    clock.set('2024-08-08T08:59:59.999+08:00');
    const statuses = async (query = {}) =>
      (await listOf(distributor, query)).body.items.map((item: { status: string }) => item.status);
    expect(await statuses()).toEqual(['associated', 'invited', 'invited']);
    clock.set('2024-08-08T09:00:00+08:00');
    expect(await statuses()).toEqual(['associated', 'invited', 'expired']);
    expect(await statuses({ status: 'expired' })).toEqual(['expired']);
    expect(await statuses({ status: 'invited' })).toEqual(['invited']);
    expect(await statuses({ status: 'associated' })).toEqual(['associated']);
    expect(await statuses({ email: first.toUpperCase() })).toEqual(['expired']);
    expect(await statuses({ email: first, status: 'invited' })).toEqual([]);
    expect(await statuses({ email: anAddress() })).toEqual([]);
    expect(await statuses({ email: third })).toEqual(['associated']);
    expect(JSON.stringify((await listOf(distributor)).body)).not.toContain(first.split('@')[0]);
    expect(await rowOf(distributor, settled.invitationId)).toMatchObject({ resellerId: settled.resellerId });
    const page = await listOf(distributor, { limit: 2 });
    const rest = await listOf(distributor, { limit: 2, cursor: page.body.nextCursor });
    expect([...page.body.items, ...rest.body.items]).toHaveLength(3);
    const other = await aDistributor();
    expect((await listOf(other)).body.items).toEqual([]);
    expect(await listOf(other, { cursor: page.body.nextCursor })).toMatchObject({ body: { code: 'CURSOR_INVALID' } });
  });
});

describe('the link', () => {
  it('DEV-117: opens until the last instant of the seventh day, swept or not', async () => {
    const { token } = await invited(distributor, anAddress());
    clock.set('2024-08-08T08:59:59.999+08:00');
    expect(await open(token)).toMatchObject({ status: 200 });
    clock.set('2024-08-08T09:00:00+08:00');
    expect(await open(token)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
  });

  it('DEV-117, ONB-133: made up, settled, and of a distributor that has left', async () => {
    for (const token of ['x', 'a'.repeat(43)])
      expect(await open(token)).toMatchObject({ status: 404, body: { code: 'RESELLER_INVITATION_NOT_FOUND' } });
    const { token } = await aReseller(distributor);
    expect(await open(token)).toMatchObject({ status: 409, body: { code: 'INVITATION_USED' } });
    const left = await aDistributor();
    const { token: dead } = await invited(left, anAddress());
    await giveStanding(left.partnerId, { status: 'inactive' });
    expect(await open(dead)).toMatchObject({ status: 404, body: { code: 'RESELLER_INVITATION_NOT_FOUND' } });
    expect(await acceptWith(await anAccount(), dead)).toMatchObject({ status: 404 });
  });
});

describe('expire-reseller-invitations', () => {
  it('DEV-197, DEV-07: marks what has run out, once, however often and late it runs', async () => {
    const { invitationId } = await invited(distributor, anAddress());
    const settled = await aReseller(distributor);
    const expirations = () => eventsAbout(invitationId, 'reseller-invitation.expired');
    await runSchedule(expireInvitations, '2024-08-08T08:55:00+08:00');
    expect(await expirations()).toEqual([]);
    await Promise.all([
      runSchedule(expireInvitations, '2024-08-08T09:00:00+08:00'),
      runSchedule(expireInvitations, '2024-08-08T09:00:00+08:00'),
    ]);
    await runSchedule(expireInvitations, '2024-09-30T00:00:00+08:00');
    expect(await expirations()).toMatchObject([{ detail: { distributorId: distributor.partnerId } }]);
    clock.set('2024-10-01T00:00:00+08:00');
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'expired' });
    expect(await rowOf(distributor, settled.invitationId)).toMatchObject({ status: 'associated' });
  });

  it('DEV-197: an invitation that was sent again meanwhile is not marked', async () => {
    const { invitationId } = await invited(distributor, anAddress());
    clock.set('2024-08-08T09:00:00+08:00');
    await Promise.all([resendAll(distributor, invitationId), runSchedule(expireInvitations, clock.now())]);
    await runSchedule(expireInvitations, clock.now());
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'invited', timesSent: 2 });
  });

  it('DEV-197: a crash on the way is made up for by the next run', async () => {
    const rows = [await invited(distributor, anAddress()), await invited(distributor, anAddress())];
    {
      using _crash = crashAtWrite(1, 'after');
      await expect(runSchedule(expireInvitations, '2024-08-08T09:00:00+08:00')).rejects.toThrow();
    }
    await runSchedule(expireInvitations, '2024-08-08T09:05:00+08:00');
    for (const { invitationId } of rows)
      expect(await eventsAbout(invitationId, 'reseller-invitation.expired')).toHaveLength(1);
  });
});

describe('the regions of a distributor', () => {
  it('DEV-115: its own country until an operator sets others, under a version', async () => {
    const operator = await anOperator();
    const path = { distributorId: distributor.partnerId };
    expect((await invoke(getRegions, { as: distributor, path })).body).toMatchObject({ regions: ['SG'], version: 0 });
    const set = (regions: string[], expectedVersion: number, as: { subject: string } = operator) =>
      invoke(setRegions, { as, path, body: { regions, expectedVersion } });
    expect(await set(['DE'], 0)).toMatchObject({ status: 200 });
    expect(await set(['FR'], 0)).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    const both = await Promise.all([set(['FR'], 1), set(['IT'], 1)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await set(['Germany'], 2)).toMatchObject({ status: 400 });
    expect(await set(['DE'], 2, distributor)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await tracesOf(distributor.partnerId, 'set-reseller-regions')).not.toEqual([]);
  });

  it('ORG-18: only of a distributor, and only its own', async () => {
    const path = { distributorId: (await aPartner()).partnerId };
    const operator = await anOperator();
    const body = { regions: [], expectedVersion: 0 };
    expect(await invoke(setRegions, { as: operator, path, body })).toMatchObject({ status: 404 });
    const other = await aDistributor();
    expect(await invoke(getRegions, { as: other, path: { distributorId: distributor.partnerId } })).toMatchObject({
      status: 404,
    });
  });
});
