import { beforeEach, describe, expect, it } from 'vitest';
import { handler as publish } from '../../functions/customer-development/publish-agreement-version.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  sentMails,
  useStack,
} from '../support/index.ts';

useStack();

beforeEach(() => {
  clock.set('2024-08-01T09:00:00+08:00');
});

const publishVersion = async (code: string, version: string) => {
  const body = { version, title: `Wording ${version}`, text: 'New words.' };
  expect((await invoke(publish, { as: await anOperator(), path: { code }, body })).status).toBe(201);
};

/** How often each customer was asked to sign a version; an event that is stored again is the same one. */
async function asked(version: string): Promise<Map<string, number>> {
  const events = await publishedEvents('customer.instructions-to-sign');
  const ofVersion = events.filter(({ detail }) => detail.agreementVersion === version);
  const counts = new Map<string, number>();
  for (const { detail } of new Map(ofVersion.map((each) => [each.id, each])).values())
    counts.set(String(detail.customerId), (counts.get(String(detail.customerId)) ?? 0) + 1);
  return counts;
}

const mailsTo = async (subject: string, version: string) => {
  const address = `carla-${subject.replace('customer-', '')}@example.com`;
  return (await sentMails()).filter((mail) => mail.to.includes(address) && mail.subject.includes(version));
};

describe('the announcement of new instructions', () => {
  it("DEV-203: asks every customer in the reseller model once, by mail, a reseller's too; nobody else", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor, companyName: 'Reseller & Co' });
    const own = await aCustomer({ of: distributor });
    const resellers = await aCustomer({ of: reseller });
    const referred = await aCustomer({ of: distributor, type: 'referral' });
    const alone = await aCustomer();
    await drain();

    await publishVersion('association-instructions', 'V1002');
    await drain();
    const counts = await asked('V1002');
    expect([own, resellers, referred, alone].map(({ customerId }) => counts.get(customerId) ?? 0)).toEqual([
      1, 1, 0, 0,
    ]);
    const [mail, ...more] = await mailsTo(resellers.subject, 'V1002');
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Please sign: Wording V1002');
    expect(mail?.text).toContain('Reseller & Co');
    expect(await mailsTo(referred.subject, 'V1002')).toEqual([]);
  });

  it.each([
    ['before', 'V1003'],
    ['after', 'V1004'],
  ] as const)('DEV-203: a crash %s a page is stored asks nobody twice and nobody never', async (when, version) => {
    const partner = await aPartner();
    const customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
    await drain();
    await publishVersion('association-instructions', version);
    await publishedEvents();
    {
      using crash = crashAtWrite(1, when);
      await drain();
      expect(crash.struck).toBe(true);
    }
    await drain();
    const counts = await asked(version);
    for (const { customerId, subject } of customers) {
      expect(counts.get(customerId)).toBe(1);
      expect(await mailsTo(subject, version)).toHaveLength(1);
    }
  });

  it('DEV-203: a list longer than a page is asked to its end', { timeout: 120_000 }, async () => {
    const partner = await aPartner();
    const customers: string[] = [];
    for (let i = 0; i < 92; i += 1) customers.push((await aCustomer({ of: partner })).customerId);
    await drain();
    await publishVersion('association-instructions', 'V1005');
    await drain();
    const counts = await asked('V1005');
    expect(customers.filter((customerId) => counts.get(customerId) !== 1)).toEqual([]);
  });

  it('DEV-203: another agreement asks nobody to sign instructions', async () => {
    const { customerId } = await aCustomer({ of: await aPartner() });
    await drain();
    await publishVersion('partner-commitment', 'V1002');
    await drain();
    const told = await publishedEvents('customer.instructions-to-sign');
    expect(told.filter(({ detail }) => detail.customerId === customerId)).toEqual([]);
  });
});
