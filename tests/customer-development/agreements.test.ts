import { beforeEach, describe, expect, it } from 'vitest';
import { currentAgreement, listSigned as listOf, signAgreementWrites } from '#lib/customer-development/index.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as getAgreement } from '../../functions/customer-development/get-agreement-version.ts';
import { handler as getMyPartner } from '../../functions/customer-development/get-my-partner.ts';
import { handler as listSigned } from '../../functions/customer-development/list-signed-agreements.ts';
import { handler as publish } from '../../functions/customer-development/publish-agreement-version.ts';
import { handler as sign } from '../../functions/customer-development/sign-association-instructions.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anInvited, enabled, registered } from './association-story.ts';

useStack();

let operator: Caller;
let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  [operator, partner] = [await anOperator(), await aPartner()];
});

const code = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];
const instructions = { code: 'association-instructions' };
const publishVersion = (version: string, as: Caller = operator) =>
  invoke(publish, { as, path: instructions, body: { version, title: `Instructions ${version}`, text: 'New words.' } });
const myPartner = async (as: Caller) => (await invoke(getMyPartner, { as })).body;

/** The next version after the one in force: tests of this file share the agreements. */
async function nextVersion(): Promise<string> {
  const { version } = await currentAgreement('association-instructions');
  return `V${Number(version.slice(1)) + 1}`;
}

/** A customer that came through an invitation. */
async function anAssociated(letterOfAuthorization = false) {
  const { token, email } = await anInvited(partner);
  const customer = await registered(token, email, { letterOfAuthorization });
  await enabled(token, customer);
  return customer;
}

describe('agreements', () => {
  it.each(['association-instructions', 'customer-authorization', 'partner-commitment', 'distributor-commitment'])(
    'DEV-112: everybody can read the first version of %s',
    async (each) => {
      const { status, body } = await invoke(getAgreement, { path: { code: each, version: 'V1001' } });
      expect(status).toBe(200);
      expect(body).toMatchObject({ code: each, version: 'V1001', language: 'en', publishedAt: null });
      expect(body.text.length).toBeGreaterThan(200);
    },
  );

  it('DEV-111: a published version is in force at once, never changes and never comes twice', async () => {
    const version = await nextVersion();
    expect(await publishVersion(version)).toMatchObject({ status: 201, body: { version, publishedAt: clock.now() } });
    expect(await currentAgreement('association-instructions')).toMatchObject({ version, text: 'New words.' });
    for (const taken of [version, 'V1001'])
      expect(code(await publishVersion(taken))).toEqual([409, 'AGREEMENT_VERSION_TAKEN']);
    const first = await invoke(getAgreement, { path: { ...instructions, version: 'V1001' } });
    expect(first.body.text).not.toBe('New words.');
    const told = await publishedEvents('agreement.published');
    expect(told.at(-1)?.detail).toEqual({
      code: 'association-instructions',
      agreementVersion: version,
      title: `Instructions ${version}`,
      publishedAt: clock.now(),
    });
  });

  it('DEV-111: of two that publish the same version at once, one does', async () => {
    const version = await nextVersion();
    const answers = await Promise.all([publishVersion(version), publishVersion(version)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('DEV-112: only operators publish; versions have their form; what was never published is not there', async () => {
    expect(code(await publishVersion('V9000', partner))).toEqual([403, 'PERMISSION_DENIED']);
    expect((await publishVersion('2.0')).status).toBe(400);
    const missing = await invoke(getAgreement, { path: { ...instructions, version: 'V9999' } });
    expect(code(missing)).toEqual([404, 'AGREEMENT_NOT_FOUND']);
    expect((await invoke(getAgreement, { path: { code: 'no-such', version: 'V1001' } })).status).toBe(400);
  });

  it('DEV-112, DEV-133: signing the same text again keeps the first time; towards another partner it is another signature', async () => {
    const signer = { kind: 'partner', id: partner.partnerId, channel: 'portal' } as const;
    const signNow = (towards?: string) =>
      asSystem((now) =>
        transact({ writes: signAgreementWrites({ ...signer, towards }, 'partner-commitment', 'V1001', now) }),
      );
    await signNow();
    const first = clock.now();
    clock.advance({ hours: 1 });
    await signNow();
    await signNow('par_other');
    expect((await listOf(signer)).map(({ towards, signedAt }) => [towards, signedAt])).toEqual([
      ['par_other', clock.now()],
      [undefined, first],
    ]);
  });
});

describe('my partner', () => {
  it('DEV-112, DEV-113: shows the partner, what was signed with name, version and time, and nothing to sign', async () => {
    const customer = await anAssociated(true);
    const { version } = await currentAgreement('association-instructions');
    const body = await myPartner(customer);
    expect(body).toMatchObject({
      partner: {
        partnerId: partner.partnerId,
        companyName: partner.partner.companyName,
        associationType: 'reseller',
        associatedOn: clock.now(),
      },
      toSign: null,
    });
    const signed = { signedAt: clock.now(), channel: 'invitation', partnerId: partner.partnerId };
    expect(body.agreements).toHaveLength(2);
    expect(body.agreements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'association-instructions', version, ...signed }),
        expect.objectContaining({
          code: 'customer-authorization',
          version: 'V1001',
          title: 'Letter of authorization for work on your behalf',
          ...signed,
        }),
      ]),
    );
    expect((await invoke(listSigned, { as: customer })).body.agreements).toEqual(body.agreements);
  });

  it('DEV-83, DEV-84: the letter is on record only when it was ticked, and only with the association', async () => {
    const { token, email } = await anInvited(partner);
    const ticking = await registered(token, email, { letterOfAuthorization: true });
    expect((await invoke(listSigned, { as: ticking })).body.agreements).toEqual([]);
    clock.advance({ hours: 2 });
    await enabled(token, ticking);
    const { agreements } = (await invoke(listSigned, { as: ticking })).body;
    expect(agreements[0]).toMatchObject({ code: 'customer-authorization', signedAt: clock.now() });
    const { body } = await invoke(listSigned, { as: await anAssociated() });
    expect(body.agreements.map((each: { code: string }) => each.code)).toEqual(['association-instructions']);
  });

  it('DEV-111, DEV-203: a new version prompts until it is signed, and changes nothing else', async () => {
    const customer = await anAssociated();
    const version = await nextVersion();
    await publishVersion(version);
    const prompt = { code: 'association-instructions', version, title: `Instructions ${version}` };
    expect((await myPartner(customer)).toSign).toEqual(prompt);
    expect(await myPartner(customer)).toMatchObject({ toSign: prompt, partner: { partnerId: partner.partnerId } });
    clock.advance({ days: 1 });
    const answer = await invoke(sign, { as: customer, body: { version } });
    expect(answer).toMatchObject({ status: 200, body: { toSign: null } });
    expect(answer.body.agreements[0]).toMatchObject({ version, signedAt: clock.now(), channel: 'portal' });
    const signedAt = clock.now();
    clock.advance({ days: 1 });
    const again = await invoke(sign, { as: customer, body: { version } });
    expect(again.body.agreements[0]).toMatchObject({ version, signedAt });
  });

  it('DEV-111: an old version is not signed any more', async () => {
    const customer = await anAssociated();
    const old = await currentAgreement('association-instructions');
    await publishVersion(await nextVersion());
    expect(code(await invoke(sign, { as: customer, body: { version: old.version } }))).toEqual([
      409,
      'AGREEMENT_OUTDATED',
    ]);
  });

  it('DEV-81, DEV-111: referral customers and those without a partner sign nothing', async () => {
    const { version } = await currentAgreement('association-instructions');
    for (const customer of [await aCustomer({ of: partner, type: 'referral' }), await aCustomer()]) {
      expect((await myPartner(customer)).toSign).toBeNull();
      expect(code(await invoke(sign, { as: customer, body: { version } }))).toEqual([409, 'NO_INSTRUCTIONS_TO_SIGN']);
    }
    expect(await myPartner(await aCustomer())).toEqual({ partner: null, toSign: null, agreements: [] });
  });

  it('DEV-109, DEV-111: who was associated without an invitation is asked to sign', async () => {
    const { version } = await currentAgreement('association-instructions');
    expect((await myPartner(await aCustomer({ of: partner }))).toSign).toMatchObject({ version });
  });
});
