import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { customerResourcesReleased, customerRetentionEnding } from '#events/customer-resources.ts';
import { handler as addRecipient } from '../../functions/budgets/add-budget-recipient.ts';
import { handler as releaseFrozenResources } from '../../functions/customers/release-frozen-resources.ts';
import { handler as warnRetentionEnd } from '../../functions/customers/warn-retention-end.ts';
import {
  at,
  consume,
  evaluateHour,
  eventsOf,
  freezeWithResources,
  giveBudget,
  readBudget,
  setMonthly,
  unfreezeWithResources,
} from '../budgets/story.ts';
import {
  aCustomer,
  aPartner,
  clock,
  crashAtWrite,
  drain,
  invoke,
  runSchedule,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T10:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
});

const UNTIL = '2024-08-16T02:00:00.000Z';
const release = (time: string) => runSchedule(releaseFrozenResources, at(time));
const released = () => eventsOf(customer, 'customer.resources-released');
const warnings = async () =>
  (await eventsOf(customer, 'customer.retention-ending')).map(({ detail }) => detail.daysLeft);

describe('event samples', () => {
  it.each([customerRetentionEnding, customerResourcesReleased])(
    'CUS-155, CUS-158: the sample of $name names every field and no other',
    (definition) => {
      const { name, version } = definition;
      const file = new URL(`../../events/samples/${name}.v${version}.json`, import.meta.url);
      const sample = JSON.parse(readFileSync(file, 'utf8'));
      expect(definition.detail.strict().parse(sample)).toEqual(sample);
      expect(Object.keys(definition.detail.shape).sort()).toEqual(Object.keys(sample).sort());
    },
  );
});

describe('release-frozen-resources', () => {
  it('CUS-154, CUS-155, CUS-259: 15 days after the freeze, at the instant, once; the freeze stays (CUS-031)', async () => {
    expect(await freezeWithResources(partner, [customer])).toMatchObject({
      body: { results: [{ retentionUntil: UNTIL }] }, // CUS-156
    });
    await release('2024-08-16T09:59:59');
    expect(await released()).toEqual([]);
    await release('2024-08-16T10:00');
    await release('2024-08-16T11:00');
    const { customerId, accountName } = customer;
    expect(await released()).toMatchObject([
      { detail: { customerId, accountName, partnerId: partner.partnerId, retentionUntil: UNTIL } },
    ]);
    expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'account-and-resources' });
    expect(await tracesOf(partner.partnerId, 'release-frozen-resources')).toMatchObject([
      { after: { resourcesReleasedAt: UNTIL } },
    ]);
  });

  it('CUS-259: unfrozen in time nothing is released; a new freeze is a new period (CUS-154)', async () => {
    await freezeWithResources(partner, [customer]);
    at('2024-08-16T09:59:59');
    await unfreezeWithResources(partner, [customer]);
    await release('2024-08-16T10:00');
    expect(await released()).toEqual([]);
    await freezeWithResources(partner, [customer]);
    await release('2024-08-31T09:00');
    expect(await released()).toEqual([]);
    await release('2024-08-31T10:00');
    expect(await released()).toMatchObject([{ detail: { retentionUntil: '2024-08-31T02:00:00.000Z' } }]);
  });

  it.each([
    ['unfreezing', () => unfreezeWithResources(partner, [customer])],
    ['setting a budget', () => setMonthly(partner, customer, '100.00', { unfreezeNow: true })],
  ])(
    'CUS-167: %s after the end, with the job late, brings nothing back: the release is told with it, once',
    async (_, lift) => {
      await freezeWithResources(partner, [customer]);
      at('2024-08-16T10:00');
      expect(await lift()).toMatchObject({ status: 200 });
      await release('2024-08-16T11:00');
      expect(await released()).toMatchObject([{ detail: { retentionUntil: UNTIL } }]);
      expect(await readBudget(partner, customer)).toMatchObject({ freezeLevel: 'none' });
    },
  );

  it('CUS-259: an unfreezing and the job at the same instant release once', async () => {
    await freezeWithResources(partner, [customer]);
    at('2024-08-16T10:00');
    await Promise.all([
      unfreezeWithResources(partner, [customer]),
      release('2024-08-16T10:00'),
      release('2024-08-16T10:00'),
    ]);
    expect(await released()).toHaveLength(1);
  });

  it('CUS-259: a run that dies half way is finished by the next', async () => {
    const others = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
    await freezeWithResources(partner, [customer, ...others]);
    const dying = async () => {
      using _crash = crashAtWrite(2, 'before');
      await release('2024-08-16T10:00');
    };
    await expect(dying()).rejects.toThrow();
    await release('2024-08-16T10:00');
    for (const each of [customer, ...others])
      expect(await eventsOf(each, 'customer.resources-released')).toHaveLength(1);
  });

  it('CUS-028, CUS-030: a resource freeze that exhaustion repeats has its own period, which the month restore ends', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    at('2024-08-20T10:00');
    await consume(customer, '100.00');
    await freezeWithResources(partner, [customer]);
    at('2024-08-20T11:20');
    await unfreezeWithResources(partner, [customer]);
    at('2024-08-20T12:00');
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account-and-resources',
      retentionUntil: '2024-09-04T04:00:00.000Z',
    });
    at('2024-09-01T00:00');
    await evaluateHour();
    await release('2024-09-04T12:00');
    expect(await released()).toEqual([]);
  });
});

describe('warn-retention-end', () => {
  const warn = (time: string) => runSchedule(warnRetentionEnd, at(time));

  it('CUS-158, CUS-260: 7, 3 and 1 days before, once each however often the job runs', async () => {
    await freezeWithResources(partner, [customer]);
    for (let day = 2; day <= 17; day += 1) {
      await warn(`2024-08-${String(day).padStart(2, '0')}T09:00`);
      if (day % 2 === 1) await warn(`2024-08-${String(day).padStart(2, '0')}T09:00`);
    }
    expect(await warnings()).toEqual([7, 3, 1]);
  });

  it('CUS-158: unfrozen, and released, there is nothing to warn of', async () => {
    await freezeWithResources(partner, [customer]);
    await warn('2024-08-09T09:00');
    at('2024-08-10T10:00');
    await unfreezeWithResources(partner, [customer]);
    await warn('2024-08-13T09:00');
    expect(await warnings()).toEqual([7]);
  });

  it('CUS-158: every recipient of budget notices is told by mail, in its language', async () => {
    await invoke(addRecipient, {
      as: partner,
      body: { name: 'Rita', email: 'rita@recipients.example', phone: '+4915112345678' },
    });
    await freezeWithResources(partner, [customer]);
    await warn('2024-08-15T09:00');
    await drain();
    const [mail] = (await sentMails()).filter(({ to }) => to.includes('rita@recipients.example'));
    expect(mail?.subject).toBe(`The frozen resources of ${customer.accountName} will be released`);
    expect(mail?.text).toContain('2024-08-16 10:00');
    expect(clock.now()).toBe('2024-08-15T01:00:00.000Z');
  });
});
