import { beforeEach, describe, expect, it } from 'vitest';
import { findAccount } from '#lib/accounts/index.ts';
import { getItem } from '#lib/shared/dynamodb.ts';
import { handler as deleteLeads } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as openInvitation } from '../../functions/customer-development/open-invitation.ts';
import { handler as publishAgreement } from '../../functions/customer-development/publish-agreement-version.ts';
import {
  aMember,
  anOperator,
  aPartner,
  clock,
  crashAtWrite,
  drain,
  invoke,
  platformOutage,
  publishedEvents,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  anAccount,
  anEmail,
  anInvited,
  askForRegistrationCode,
  customerOf,
  generalLink,
  logIn,
  register,
  registered,
  registerWith,
  registrationCode,
  rowOf,
  tokenOf,
} from './association-story.ts';
import { giveStanding, sendAgain, unique } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

const open = (token: string) => invoke(openInvitation, { path: { token } });
const code = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe('open-invitation', () => {
  it('DEV-80, DEV-81, DEV-88: shows partner, type, instructions, freeze warning and ways in; notes the first opening alone', async () => {
    const { token, invitationId, email } = await anInvited(partner);
    const before = await rowOf(invitationId);
    clock.advance({ minutes: 5 });
    const { status, body } = await open(token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      partnerName: partner.partner.companyName,
      associationType: 'reseller',
      expiresAt: '2024-08-08T01:00:00.000Z',
      instructions: { version: 'V1001' },
      letterOfAuthorization: { version: 'V1001' },
      waysIn: ['register', 'log-in'],
    });
    expect(body.freezeWarning).toContain('frozen');
    expect(body.invitedEmail).not.toBe(email);
    const first = clock.now();
    clock.advance({ minutes: 5 });
    await open(token);
    expect(await rowOf(invitationId)).toEqual({ ...before, firstOpenedAt: first, version: before.version + 1 });
  });

  it('DEV-82: the instructions say what the partner takes over, what its status affects and what is disclosed', async () => {
    const { text } = (await open((await anInvited(partner)).token)).body.instructions;
    for (const said of ['contracts, invoices, settlement, technical help and operations', 'freezing your account'])
      expect(text).toContain(said);
    for (const said of ['freezing your resources', 'recovering your account', 'member accounts'])
      expect(text).toContain(said);
    for (const said of ['account name, company name, contact name and contact data', 'its distributor'])
      expect(text).toContain(said);
  });

  it('DEV-142, DEV-143: the letter says what it covers, how long, and that it is free', async () => {
    const { text } = (await open((await anInvited(partner)).token)).body.letterOfAuthorization;
    for (const said of ['manage your resources', 'subscribe to, renew, unsubscribe', 'start, stop, restart and delete'])
      expect(text).toContain(said);
    for (const said of ['reset passwords', 'discount and contract data', 'work orders', 'service-console modules'])
      expect(text).toContain(said);
    for (const said of ['optional', 'until you cancel it', 'does not end it', 'reject the new text, cancel'])
      expect(text).toContain(said);
  });

  it('DEV-81: the referral model asks for no instructions and warns of no freeze', async () => {
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const { token } = await anInvited(partner, { associationType: 'referral' });
    expect((await open(token)).body).toMatchObject({ instructions: null, freezeWarning: null });
  });

  it('DEV-78: a link has one way in, and no row', async () => {
    expect((await open(await generalLink(partner))).body).toMatchObject({ waysIn: ['register'], invitedEmail: null });
  });

  it('DEV-59, DEV-80, DEV-108: opens one second before the end of the 7 days; from then on it has expired, and looking changes nothing', async () => {
    const { token, invitationId } = await anInvited(partner);
    clock.set('2024-08-08T08:59:59+08:00');
    expect((await open(token)).status).toBe(200);
    const before = await rowOf(invitationId);
    clock.set('2024-08-08T09:00:00+08:00');
    expect(code(await open(token))).toEqual([410, 'LINK_EXPIRED']);
    expect(await rowOf(invitationId)).toEqual(before);
  });

  it('DEV-53, DEV-63: unknown, altered and cancelled links lead nowhere, a replaced one has expired', async () => {
    const { token, leadId, invitationId } = await anInvited(partner);
    expect(code(await open('no-such-token'))).toEqual([404, 'LINK_NOT_FOUND']);
    expect(code(await open(`${token}x`))).toEqual([404, 'LINK_NOT_FOUND']);
    clock.advance({ minutes: 2 });
    await sendAgain(partner, invitationId);
    expect(code(await open(token))).toEqual([410, 'LINK_EXPIRED']);
    expect((await open(tokenOf(invitationId, 2))).status).toBe(200);
    await invoke(deleteLeads, { as: partner, body: { leadIds: [leadId] } });
    expect(code(await open(tokenOf(invitationId, 2)))).toEqual([404, 'LINK_NOT_FOUND']);
  });
});

describe('register-and-associate', () => {
  it('DEV-86, ORG-53, ORG-177: the code goes to the address that is registered, and stands nowhere else', async () => {
    const { token, email } = await anInvited(partner);
    const { challengeId, code: sent } = await registrationCode(token, email);
    await drain();
    const mails = (await sentMails()).filter(({ to, text }) => to.includes(email) && text?.includes(sent));
    expect(mails).toHaveLength(1);
    for (const place of [await publishedEvents(), await tracesOf('platform')])
      expect(JSON.stringify(place)).not.toContain(sent);
    expect(JSON.stringify(await publishedEvents('registration-code.requested'))).not.toContain(email);
    expect(challengeId).toMatch(/^chl_/);
  });

  it('ORG-55, ORG-174: no wrong, foreign or used code registers, and five wrong ones void it', async () => {
    const [first, second] = [await anInvited(partner), await anInvited(partner)];
    const given = await registrationCode(first.token, first.email);
    const wrong = { ...given, code: String((Number(given.code) + 1) % 1_000_000).padStart(6, '0') };
    expect(code(await register(second.token, second.email, given))).toEqual([403, 'VERIFICATION_FAILED']);
    clock.advance({ seconds: 61 });
    const latest = await registrationCode(first.token, first.email);
    const send = (codes: object) => registerWith(first.token, first.email, codes);
    expect(code(await send(given))).toEqual([403, 'VERIFICATION_FAILED']); // voided by the newer one
    for (let i = 0; i < 5; i += 1)
      expect(code(await send({ ...wrong, challengeId: latest.challengeId, code: 'x' }))[1]).toBe('VERIFICATION_FAILED');
    expect(code(await send(latest))).toEqual([403, 'VERIFICATION_FAILED']);
    expect(await findAccount({ email: first.email })).toBeUndefined();
  });

  it('ORG-175: per address one code a minute, ten an hour, whatever invitation asks for it', async () => {
    const email = anEmail();
    const link = await generalLink(partner);
    expect((await askForRegistrationCode(link, email)).status).toBe(202);
    expect(await askForRegistrationCode(link, email.toUpperCase())).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_CODES' },
    });
    for (let i = 1; i < 10; i += 1) {
      clock.advance({ seconds: 60 });
      expect((await askForRegistrationCode(link, email)).status).toBe(202);
    }
    clock.advance({ seconds: 60 });
    expect((await askForRegistrationCode(link, email)).status).toBe(429);
    expect((await askForRegistrationCode(link, anEmail())).status).toBe(202);
  });

  it('DEV-81, DEV-83: the instructions in force must be accepted, the letter need not be; nothing happens before', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const none = await register(token, email, { instructionsVersion: undefined });
    expect(code(none)).toEqual([422, 'INSTRUCTIONS_NOT_ACCEPTED']);
    clock.advance({ seconds: 61 });
    expect(code(await register(token, email, { instructionsVersion: 'V0999' }))).toEqual([409, 'AGREEMENT_OUTDATED']);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'invited' });
    expect(await findAccount({ email })).toBeUndefined();
  });

  it('DEV-87, DEV-25: the address is compared as addresses are, not as texts', async () => {
    const email = `Ünïcode.${unique()}+Tag@Acme.example`;
    const { token } = await anInvited(partner, { email: email.replace(/[Üï]/g, 'U') });
    const upper = email.replace(/[Üï]/g, 'U').toUpperCase();
    expect((await register(token, upper)).status).toBe(201);
  });

  it('DEV-86: the password reaches the registry and no other place', async () => {
    const { token, email } = await anInvited(partner);
    const password = `secret-${unique()}-of-mine`;
    const answer = await register(token, email, { password });
    expect(answer.status).toBe(201);
    const { customerId } = answer.body;
    const kept = [
      answer.body,
      await customerOf(customerId),
      await publishedEvents(),
      await tracesOf(partner.partnerId),
      await tracesOf('platform'),
      await getItem('platform', { pk: `IDEMPOTENCY#${email}`, sk: 'CLAIM' }),
    ];
    expect(JSON.stringify(kept)).not.toContain(password);
  });

  it('DEV-86: a password that the registry refuses, a country that is none and an address that is none', async () => {
    const { token, email } = await anInvited(partner);
    expect(code(await register(token, email, { password: 'short' }))).toEqual([422, 'PASSWORD_REFUSED']);
    const bad = await registerWith(token, 'no address', { challengeId: 'x', code: 'y', country: 'Utopia' });
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/country', '/email']);
  });

  it('DEV-78: an account that exists cannot come through a link, not even by registering; an invited one logs in', async () => {
    const email = anEmail();
    const account = await anAccount(email);
    const link = await generalLink(partner);
    const refused = [409, 'EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION'];
    expect(code(await register(link, email))).toEqual(refused);
    expect(code(await logIn(link, account))).toEqual(refused);
    const { token } = await anInvited(partner, { email });
    clock.advance({ seconds: 61 });
    expect(code(await register(token, email))).toEqual([409, 'ACCOUNT_EXISTS']);
    expect((await logIn(token, account)).status).toBe(201);
  });

  it('DEV-70, DEV-191: who registers through a link gets a row of its own with tag and manager', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const link = await generalLink(manager);
    const [one, other] = [await registered(link, anEmail()), await registered(link, anEmail())];
    expect(one.customerId).not.toBe(other.customerId);
    expect(one.invitationId).not.toBe(other.invitationId);
    expect(await rowOf(one.invitationId)).toMatchObject({
      method: 'general-link',
      status: 'registered',
      customerId: one.customerId,
      accountManagerId: manager.memberId,
    });
  });

  it('DEV-92: consent to news is kept apart, and only when given', async () => {
    const [yes, no] = [await anInvited(partner), await anInvited(partner)];
    const willing = await registered(yes.token, yes.email, { promotionalNews: true });
    const unwilling = await registered(no.token, no.email);
    const consent = (customerId: string) =>
      getItem('customer-development', { pk: `CUSTOMER#${customerId}`, sk: 'CONSENT#promotional-news' });
    expect(await consent(willing.customerId)).toMatchObject({ givenAt: clock.now() });
    expect(await consent(unwilling.customerId)).toBeUndefined();
  });

  it('DEV-86: while the registry is down nothing is registered, and afterwards it goes on', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    await platformOutage(true);
    try {
      expect(code(await register(token, email))).toEqual([503, 'PLATFORM_UNAVAILABLE']);
    } finally {
      await platformOutage(false);
    }
    expect(await rowOf(invitationId)).toMatchObject({ status: 'invited' });
    clock.advance({ seconds: 61 });
    await registered(token, email);
  });

  it.each(['before', 'after'] as const)(
    'DEV-86: a crash %s the customer is stored is made up for by the next attempt',
    async (when) => {
      const { token, email, invitationId } = await anInvited(partner);
      const given = await registrationCode(token, email);
      {
        using crash = crashAtWrite(2, when); // the first write uses the code up
        expect((await registerWith(token, email, given)).status).toBe(500);
        expect(crash.struck).toBe(true);
      }
      const account = await findAccount({ email });
      clock.advance({ seconds: 61 });
      const customer = await registered(token, email);
      expect(await customerOf(customer.customerId)).toMatchObject({ accountId: account?.accountId });
      expect(await rowOf(invitationId)).toMatchObject({ status: 'registered', customerId: customer.customerId });
    },
  );

  it('DEV-62: sent twice at once with one code, one registers', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const given = await registrationCode(token, email);
    const answers = await Promise.all([1, 2].map(() => registerWith(token, email, given)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'registered' });
  });

  it('DEV-108: whoever tries an expired link fails its row once, with cause and advice', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    clock.set('2024-08-08T09:00:00+08:00');
    for (let i = 0; i < 2; i += 1)
      expect(code(await askForRegistrationCode(token, email))).toEqual([410, 'LINK_EXPIRED']);
    expect(await rowOf(invitationId)).toMatchObject({
      status: 'association-failed',
      failure: { code: 'LINK_EXPIRED', advice: 'Send the invitation again by e-mail.', at: clock.now() },
    });
    const told = await publishedEvents('customer.association-failed');
    expect(told.filter(({ detail }) => detail.invitationId === invitationId)).toHaveLength(1);
  });
});

describe('login-and-associate', () => {
  it('DEV-87: another address is refused and uses nothing up', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const before = await rowOf(invitationId);
    expect(code(await logIn(token, await anAccount(anEmail())))).toEqual([422, 'EMAIL_MISMATCH']);
    expect(code(await askForRegistrationCode(token, anEmail()))).toEqual([422, 'EMAIL_MISMATCH']);
    expect(await rowOf(invitationId)).toEqual(before);
    expect((await logIn(token, await anAccount(email))).status).toBe(201);
  });

  it('DEV-62: of two accounts with the address, also at once, one takes the invitation', async () => {
    const { token, email } = await anInvited(partner);
    const accounts = [await anAccount(email), await anAccount(email)];
    const answers = await Promise.all(accounts.map((account) => logIn(token, account)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('CODE_USED');
  });

  it('DEV-88: repeating it, also at once, changes nothing more', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const account = await anAccount(email);
    const answers = await Promise.all([logIn(token, account), logIn(token, account)]);
    const row = await rowOf(invitationId);
    const again = await logIn(token, account);
    expect(new Set([...answers, again].map(({ body }) => body.customerId)).size).toBe(1);
    expect(await rowOf(invitationId)).toEqual(row);
  });

  it('ORG-57, DEV-88: members and operators are no accounts; somebody unknown to the platform is none either', async () => {
    const { token } = await anInvited(partner);
    for (const caller of [partner, await anOperator()])
      expect(code(await logIn(token, caller))).toEqual([403, 'PERMISSION_DENIED']);
    expect(code(await logIn(token, { subject: `nobody-${unique()}` }))).toEqual([409, 'NO_ACCOUNT']);
  });

  it('DEV-111: a newer version is accepted or nothing is', async () => {
    const { token, email } = await anInvited(partner);
    const account = await anAccount(email);
    const body = { version: 'V1002', title: 'Instructions', text: 'Everything is new.' };
    const path = { code: 'association-instructions' };
    expect((await invoke(publishAgreement, { as: await anOperator(), path, body })).status).toBe(201);
    expect(code(await logIn(token, account, { instructionsVersion: 'V1001' }))).toEqual([409, 'AGREEMENT_OUTDATED']);
    expect((await logIn(token, account)).status).toBe(201);
  });
});
