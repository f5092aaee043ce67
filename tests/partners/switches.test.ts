import { beforeEach, describe, expect, it } from 'vitest';
import { loadStanding } from '#lib/shared/standing.ts';
import { handler as enableDevelopment } from '../../functions/partners/enable-customer-development.ts';
import { handler as enableDisassociation } from '../../functions/partners/enable-disassociation.ts';
import { handler as enableReferral } from '../../functions/partners/enable-referral-model.ts';
import { handler as registerPartner } from '../../functions/partners/register-partner.ts';
import { handler as setPrepaid } from '../../functions/partners/set-prepaid-partner.ts';
import { anOperator, aPartner, type Caller, invoke, type TestPartner, useStack } from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
beforeEach(async () => {
  [operator, partner] = [await anOperator(), await aPartner()];
});

const put = (handler: Parameters<typeof invoke>[0], body: object, as: Caller = operator) =>
  invoke(handler, { as, path: { partnerId: partner.partnerId }, body });

describe('defaults', () => {
  it('DEV-22: customer development is on for solution-providers and resellers, off for distributors', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const grants = async ({ partnerId }: TestPartner) => (await loadStanding(partnerId))?.grants;
    expect(await grants(partner)).toEqual(['customer-development']);
    expect(await grants(reseller)).toEqual(['customer-development']);
    expect(await grants(distributor)).toEqual([]);
  });

  it('DEV-21: a partner may be registered without an e-mail address of its contact', async () => {
    const name = `silent-${partner.partnerId}`;
    const answer = await invoke(registerPartner, {
      as: operator,
      body: {
        type: 'solution-provider',
        companyName: name,
        accountName: name.slice(0, 60),
        registrationArea: { countryRegion: 'SG' },
        contact: { name: 'Ada', mobileNumber: '+6591234567' },
        owner: { subject: name, name: 'Owen', email: 'owen@example.com' },
      },
    });
    expect(answer).toMatchObject({ status: 201, body: { contact: { name: 'A***a' } } });
    expect(answer.body.contact.email).toBeUndefined();
  });
});

describe('switches', () => {
  it.each([
    ['DEV-22', enableDevelopment, 'customerDevelopment', 'enabled'],
    ['DEV-09', enableReferral, 'referralModel', 'enabled'],
    ['ORG-11', enableDisassociation, 'disassociation', 'enabled'],
    ['DEV-58', setPrepaid, 'prepaid', 'prepaid'],
  ] as const)('%s: an operator switches %#, the others stay as they are', async (_rule, handler, shown, field) => {
    const off = (await put(handler, { [field]: false })).body;
    const on = await put(handler, { [field]: true });
    expect(on).toMatchObject({ status: 200, body: { ...off, [shown]: true, version: off.version + 1 } });
    const again = await put(handler, { [field]: true });
    expect(again.body).toEqual(on.body);
    const traces = await tracesOf(partner.partnerId, handler.definition.name);
    expect(traces.at(-1)).toMatchObject({ before: { [shown]: false }, after: { [shown]: true } });
    expect((await put(handler, { [field]: false })).body).toMatchObject({ [shown]: false });
  });

  it('DEV-09, DEV-22: two operators at once: both switches hold or one is told to repeat', async () => {
    const answers = await Promise.all([
      put(enableReferral, { enabled: true }),
      put(enableDisassociation, { enabled: true }),
    ]);
    const { grants = [] } = (await loadStanding(partner.partnerId)) ?? {};
    const done = answers.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThan(0);
    expect(grants).toHaveLength(1 + done.length);
    for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('VERSION_CONFLICT');
  });

  it('DEV-09, DEV-58: nobody but an operator, and only a partner that exists', async () => {
    expect((await put(enableReferral, { enabled: true }, partner)).status).toBe(403);
    expect((await put(setPrepaid, { prepaid: true }, partner)).status).toBe(403);
    const path = { partnerId: 'par_unknown' };
    expect((await invoke(enableReferral, { as: operator, path, body: { enabled: true } })).status).toBe(404);
    expect((await put(enableReferral, {})).status).toBe(400);
  });
});
