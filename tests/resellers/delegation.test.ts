import { beforeEach, describe, expect, it } from 'vitest';
import { listSigned, loadAgreement, signAgreementWrites } from '#lib/customer-development/index.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as publishAgreement } from '../../functions/customer-development/publish-agreement-version.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { handler as getPermission } from '../../functions/resellers/get-reseller-permission.ts';
import { handler as grantDelegation } from '../../functions/resellers/grant-reseller-delegation.ts';
import { handler as withdrawDelegation } from '../../functions/resellers/withdraw-reseller-delegation.ts';
import { authorize, withCode, withdrawAuthorization } from '../budgets/story.ts';
import {
  type Answer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aDistributor } from './world.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let other: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
  [reseller, other] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
});

const LETTER = 'V1001';
type Headers = Readonly<Record<string, string>>;
const grant = (as: Caller, of = reseller, acceptedLetterVersion: string | undefined = LETTER, headers: Headers = {}) =>
  invoke(grantDelegation, { as, path: { resellerId: of.partnerId }, body: { acceptedLetterVersion }, headers });
const grantWithoutLetter = (as: Caller, of = reseller, headers: Headers = {}) =>
  invoke(grantDelegation, { as, path: { resellerId: of.partnerId }, body: {}, headers });
const withdraw = (as: Caller, of = reseller, headers: Headers = {}) =>
  invoke(withdrawDelegation, { as, path: { resellerId: of.partnerId }, headers });

/** Codes of one operation come a minute apart (ORG-175). */
async function verified(as: Caller, send: (headers: Headers) => Promise<Answer>): Promise<Answer> {
  clock.advance({ minutes: 2 });
  return withCode(as, send);
}
const granted = (of = reseller) => verified(distributor, (headers) => grant(distributor, of, LETTER, headers));
const withdrawn = (of = reseller) => verified(distributor, (headers) => withdraw(distributor, of, headers));
const isGranted = async (of = reseller) => (await loadStanding(of.partnerId))?.grants.includes('act-on-behalf');
const permissionOf = async (as: Caller, of = reseller) =>
  (await invoke(getPermission, { as, path: { resellerId: of.partnerId } })).body;
const changesOf = async (of: TestPartner) =>
  (await publishedEvents('reseller.delegation-changed')).filter(({ detail }) => detail.resellerId === of.partnerId);
const letters = () => listSigned({ kind: 'partner', id: distributor.partnerId });

describe('grant-reseller-delegation', () => {
  it('DEV-132, DEV-138: one switch; the letter takes effect with it, and both sides are told', async () => {
    clock.set('2024-08-01T10:00:00+08:00'); // within working hours
    expect(await granted()).toMatchObject({
      status: 200,
      body: { resellerId: reseller.partnerId, onBehalfAuthorized: true },
    });
    expect(await isGranted()).toBe(true);
    expect(await isGranted(other)).toBe(false);
    expect(await permissionOf(distributor)).toMatchObject({
      onBehalfAuthorized: true,
      budgetFreezeAuthorized: false,
      commitmentLetterVersion: LETTER,
      commitmentSignedAt: clock.now(),
    });
    expect(await changesOf(reseller)).toMatchObject([
      { detail: { distributorId: distributor.partnerId, authorized: true, changedAt: clock.now() } },
    ]);
    await drain();
    const subject = `Work of ${reseller.partner.companyName} on behalf of customers: granted`;
    for (const { partner, subject: owner } of [distributor, reseller]) {
      const mails = (await sentMails()).filter(({ to }) => to.includes(partner.contact.email ?? ''));
      expect(mails.map((mail) => mail.subject)).toEqual([subject]);
      const inbox = (await invoke(listMessages, { as: { subject: owner } })).body.items;
      expect(inbox).toMatchObject([{ kind: 'reseller-delegation-changed', title: subject }]);
    }
  });

  it('DEV-133, ORG-173: without the letter in force it is LETTER_NOT_ACCEPTED, before any code', async () => {
    expect(await grantWithoutLetter(distributor)).toMatchObject({
      status: 422,
      body: { code: 'LETTER_NOT_ACCEPTED', agreementCode: 'distributor-commitment', agreementVersion: LETTER },
    });
    expect(await grant(distributor, reseller, 'V1002')).toMatchObject({ body: { code: 'LETTER_NOT_ACCEPTED' } });
    expect(await grant(distributor, reseller, 'x'.repeat(17))).toMatchObject({ status: 400 });
    expect(await isGranted()).toBe(false);
    expect(await letters()).toEqual([]);
  });

  it('DEV-133: once accepted it is not asked for again, also not for another reseller or after a withdrawal', async () => {
    await granted();
    const again = await verified(distributor, (headers) => grantWithoutLetter(distributor, other, headers));
    expect(again).toMatchObject({ status: 200, body: { onBehalfAuthorized: true } });
    await withdrawn();
    expect(await verified(distributor, (headers) => grantWithoutLetter(distributor, reseller, headers))).toMatchObject({
      status: 200,
    });
    expect(await letters()).toMatchObject([{ code: 'distributor-commitment', version: LETTER }]);
    const stranger = await aDistributor();
    expect(await grantWithoutLetter(stranger, await aPartner({ of: stranger }))).toMatchObject({
      body: { code: 'LETTER_NOT_ACCEPTED' },
    });
  });

  it('DEV-134, ORG-178: granting and withdrawing need a code with the verification function off, too', async () => {
    expect((await loadStanding(distributor.partnerId))?.verificationEnabled).toBe(false);
    expect(await grant(distributor)).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED', operationKey: 'set-reseller-act-on-behalf' },
    });
    const wrong = { 'verification-challenge': 'chl_none', 'verification-code': '000000' };
    expect(await grant(distributor, reseller, LETTER, wrong)).toMatchObject({ body: { code: 'VERIFICATION_FAILED' } });
    expect([await isGranted(), await letters()]).toEqual([false, []]);
    await granted();
    expect(await withdraw(distributor)).toMatchObject({ body: { code: 'VERIFICATION_REQUIRED' } });
    expect(await withdraw(distributor, reseller, wrong)).toMatchObject({ body: { code: 'VERIFICATION_FAILED' } });
    expect(await isGranted()).toBe(true);
  });

  it('DEV-132: what is so already is answered alike and told to nobody', async () => {
    await granted();
    expect(await granted()).toMatchObject({ status: 200, body: { onBehalfAuthorized: true } });
    await withdrawn();
    expect(await withdrawn()).toMatchObject({ status: 200, body: { onBehalfAuthorized: false } });
    expect(await changesOf(reseller)).toHaveLength(2);
    expect((await permissionOf(distributor)).history.items).toHaveLength(2);
  });

  it('ORG-11, ORG-18: only a distributor, only its own reseller, only who may manage resellers', async () => {
    for (const as of [reseller, await aPartner()])
      expect(await grant(as)).toMatchObject({ status: 403, body: { code: 'PARTNER_NOT_ENABLED' } });
    const stranger = await aDistributor();
    expect(await grant(stranger)).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
    expect(await withdraw(stranger)).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
    expect(await grant(distributor, distributor)).toMatchObject({ status: 404 });
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    expect(await grant(director)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it.each(['before', 'after'] as const)(
    'DEV-133: a crash %s the write leaves switch, letter and history together or none',
    async (when) => {
      clock.advance({ minutes: 2 });
      let crashed: Answer | undefined;
      await withCode(distributor, async (headers) => {
        if (!headers['verification-code']) return grant(distributor);
        using _crash = crashAtWrite(2, when); // the first write uses the code up
        crashed = await grant(distributor, reseller, LETTER, headers);
        return crashed;
      });
      expect(crashed?.status).toBe(500);
      const done = when === 'after';
      expect(await isGranted()).toBe(done);
      expect(await letters()).toHaveLength(done ? 1 : 0);
      expect((await permissionOf(distributor)).history.items).toHaveLength(done ? 1 : 0);
      expect(await changesOf(reseller)).toHaveLength(done ? 1 : 0);
      expect(await granted()).toMatchObject({ status: 200 });
      expect(await changesOf(reseller)).toHaveLength(1);
    },
  );
});

describe('withdraw-reseller-delegation', () => {
  it('DEV-136: takes the right at once and leaves every letter; a new grant revives it', async () => {
    await granted();
    const customer = { kind: 'customer', id: 'cus_1' } as const;
    const signer = { ...customer, channel: 'portal', towards: reseller.partnerId } as const;
    await asSystem((now) => transact({ writes: signAgreementWrites(signer, 'customer-authorization', 'V1001', now) }));
    const signed = [...(await letters()), ...(await listSigned(customer))];
    expect(signed).toHaveLength(2);
    expect(await withdrawn()).toMatchObject({ status: 200, body: { onBehalfAuthorized: false } });
    expect(await isGranted()).toBe(false);
    expect([...(await letters()), ...(await listSigned(customer))]).toEqual(signed);
    expect(await granted()).toMatchObject({ status: 200 });
    expect(await isGranted()).toBe(true);
    expect((await changesOf(reseller)).map(({ detail }) => detail.authorized)).toEqual([true, false, true]);
    const traces = await tracesOf(distributor.partnerId, 'withdraw-reseller-delegation');
    expect(traces.filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { before: { resellerId: reseller.partnerId, authorized: true }, after: { authorized: false } },
    ]);
  });

  it('DEV-132: granted and withdrawn at once, beside a change of the budget rights: each is applied whole, in some order', async () => {
    await granted();
    await authorize(distributor, reseller.partnerId, '10.00');
    clock.advance({ minutes: 2 });
    const [second, third] = [await aMember({ of: distributor }), await aMember({ of: distributor })];
    const answers = await Promise.all([
      withCode(distributor, (headers) => withdraw(distributor, reseller, headers)),
      withCode(second, (headers) => grant(second, reseller, LETTER, headers)),
      withdrawAuthorization(third, reseller.partnerId),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const changes = (await changesOf(reseller)).map(({ detail }) => detail.authorized);
    expect(changes.at(-1)).toBe(await isGranted());
    for (const [i, authorized] of changes.entries()) expect(authorized).toBe(i % 2 === 0);
    const { history } = await permissionOf(distributor);
    const switches = history.items.filter(({ permission }: { permission: string }) => permission === 'act-on-behalf');
    expect(switches).toHaveLength(changes.length);
  });
});

// The last one: the version it puts in force holds for the whole file.
describe('a new version of the letter', () => {
  it('DEV-133: is asked for at the next grant; resellers that hold one keep it', async () => {
    await granted();
    const operator = await anOperator();
    const current = await loadAgreement('distributor-commitment', LETTER);
    const body = { version: 'V1002', title: current?.title, text: `${current?.text} And more.` };
    const path = { code: 'distributor-commitment' };
    expect(await invoke(publishAgreement, { as: operator, path, body })).toMatchObject({ status: 201 });
    expect(await isGranted()).toBe(true);
    expect(await grant(distributor, other)).toMatchObject({
      body: { code: 'LETTER_NOT_ACCEPTED', agreementVersion: 'V1002' },
    });
    expect(await verified(distributor, (headers) => grant(distributor, other, 'V1002', headers))).toMatchObject({
      status: 200,
    });
    expect(await permissionOf(distributor, other)).toMatchObject({ commitmentLetterVersion: 'V1002' });
    expect((await letters()).map(({ version }) => version)).toEqual(['V1002', LETTER]);
  });
});
